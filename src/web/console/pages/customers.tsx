import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatInstant } from '../../ui/format.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { AddUserSheet } from '../customers/add-user-sheet.tsx';
import { type Role, ROLES, type User, useUserPages } from '../customers/queries.ts';
import styles from '../customers/customers.module.css';
import { UserBadges } from '../customers/user-badges.tsx';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { ConsolePage } from '../ui/page.tsx';
import { useFilters } from '../use-filters.ts';

const isRole = (text: string | undefined): text is Role => ROLES.some((role) => role === text);

export default function CustomersPage() {
  const { t } = useTranslation('console');
  const { filters, setFilter } = useFilters('role', 'email');
  const [isAdding, setAdding] = useState(false);
  const role = isRole(filters.role) ? filters.role : undefined;
  // Someone who is looked for by address may be anyone.
  const filter = filters.email ? { email: filters.email, role } : { role: role ?? 'CUSTOMER' };
  const users = useUserPages(filter);
  const columns: Column<User>[] = [
    {
      key: 'name',
      label: t('customers.name'),
      render: ({ userId, name }) => <Link to={`/customers/${userId}`}>{name}</Link>,
      sortBy: ({ name }) => name,
    },
    { key: 'email', label: t('customers.email'), render: ({ email }) => email, sortBy: ({ email }) => email },
    { key: 'phone', label: t('customers.phone'), render: ({ phone }) => phone ?? '–' },
    {
      key: 'address',
      label: t('customers.address'),
      render: ({ address }) => <span className={styles['address']}>{address ?? '–'}</span>,
    },
    {
      key: 'createdAt',
      label: t('customers.since'),
      render: ({ createdAt }) => formatInstant(createdAt, { dateStyle: 'medium' }),
      sortBy: ({ createdAt }) => createdAt,
    },
    { key: 'status', label: t('customers.status'), render: (user) => <UserBadges user={user} /> },
  ];
  return (
    <ConsolePage
      title={t('nav.customers')}
      tools={<Button onClick={() => setAdding(true)}>{t('customers.add')}</Button>}
    >
      <div className={styles['filters']}>
        <Search key={filters.email} email={filters.email ?? ''} onSearch={(email) => setFilter('email', email)} />
        <NativeSelect
          label={t('customers.role')}
          value={role ?? (filters.email ? '' : 'CUSTOMER')}
          onChange={({ currentTarget }) => setFilter('role', currentTarget.value)}
          data={[
            ...(filters.email ? [{ value: '', label: t('customers.anyRole') }] : []),
            ...ROLES.map((value) => ({ value, label: t(`roles.${value}`) })),
          ]}
        />
      </div>
      <Loaded query={users}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0 && !users.hasNextPage) return <NoUsers isSearch={filters.email !== undefined} />;
          return <DataTable label={t('nav.customers')} columns={columns} rows={all} rowKey={({ userId }) => userId} />;
        }}
      </Loaded>
      <MoreButton pages={users} />
      {isAdding && <AddUserSheet role={role ?? 'CUSTOMER'} onClose={() => setAdding(false)} />}
    </ConsolePage>
  );
}

interface SearchProps {
  readonly email: string;
  readonly onSearch: (email: string) => void;
}

function Search({ email, onSearch }: SearchProps) {
  const { t } = useTranslation(['console', 'translation']);
  const [text, setText] = useState(email);
  return (
    <form
      className={styles['search']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <TextInput
        label={t('customers.find')}
        description={t('customers.findHint')}
        type="email"
        autoComplete="off"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {t('customers.findAction')}
      </Button>
      {email && (
        <Button variant="subtle" onClick={() => onSearch('')}>
          {t('customers.showAll')}
        </Button>
      )}
    </form>
  );
}

function NoUsers({ isSearch }: { isSearch: boolean }) {
  const { t } = useTranslation('console');
  return isSearch ? (
    <EmptyState title={t('customers.notFound')} text={t('customers.notFoundText')} />
  ) : (
    <EmptyState title={t('customers.empty')} text={t('customers.emptyText')} />
  );
}
