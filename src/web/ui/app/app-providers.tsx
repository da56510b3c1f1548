import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { BrowserRouter, NavigationType, useLocation, useNavigationType } from 'react-router';
import { createQueryClient } from '../../api/query-client.ts';
import { accessToken, onSessionChange, sessionStatus } from '../../api/session.ts';
import { noVariables, theme } from './theme.ts';

/** First parts of the keys of queries whose data everyone may see. */
const PUBLIC = new Set<unknown>(['dairy', 'products', 'product', 'categories', 'catalogue']);

const queries = createQueryClient();
// What one user has loaded must not stay for the next.
onSessionChange(() => {
  if (sessionStatus() === 'signed-out') forgetPrivateData(queries);
});

function forgetPrivateData(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => !PUBLIC.has(queryKey[0]) });
}

/** What every app has around its pages: theme, queries, and the routes below `basename`. */
export function AppProviders({ basename, children }: { basename: string; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
      cssVariablesResolver={noVariables}
    >
      <QueryClientProvider client={queries}>
        <BrowserRouter basename={basename}>
          <Session />
          {children}
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Restores the session after a reload, and scrolls up on a new page. */
function Session() {
  const { pathname } = useLocation();
  const type = useNavigationType();
  useEffect(() => {
    // If this fails, the first request that needs the token reports it.
    accessToken().catch(() => undefined);
  }, []);
  useEffect(() => {
    // The browser restores the position when the user goes back.
    if (type !== NavigationType.Pop) scrollTo(0, 0);
  }, [pathname, type]);
  return null;
}
