import { useSearchParams } from 'react-router';

/** The filters of a list. They are in the URL, so that the list can be shared and the back button works. */
export function useFilters<Name extends string>(...names: readonly Name[]) {
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(names.map((name) => [name, params.get(name) ?? undefined])) as {
    readonly [name in Name]: string | undefined;
  };
  const setFilters = (values: { readonly [name in Name]?: string | undefined }) =>
    setParams(
      (current) => {
        for (const [name, value] of Object.entries<string | undefined>(values)) {
          if (value) current.set(name, value);
          else current.delete(name);
        }
        return current;
      },
      { replace: true },
    );
  const setFilter = (name: Name, value: string | undefined) => setFilters({ [name]: value } as typeof filters);
  return { filters, setFilter, setFilters };
}
