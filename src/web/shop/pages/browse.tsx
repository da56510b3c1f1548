import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSessionStatus } from '../../api/hooks.ts';
import milk from '../../images/milk.svg';
import other from '../../images/other.svg';
import { money } from '../../ui/format.ts';
import { SearchIcon } from '../../ui/icons.tsx';
import { EmptyState, ErrorState, Rows } from '../../ui/states.tsx';
import { ProductCard } from '../product-card.tsx';
import { useCart, useCategories, useProductPages } from '../queries.ts';
import styles from './browse.module.css';

const TYPING_PAUSE_MILLISECONDS = 250;

export function BrowsePage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const category = params.get('category') ?? undefined;
  const q = params.get('q') ?? undefined;
  const setParam = (name: 'category' | 'q', value: string | undefined, replace: boolean) =>
    setParams(
      (previous) => {
        if (value) previous.set(name, value);
        else previous.delete(name);
        return previous;
      },
      { replace, preventScrollReset: true },
    );
  return (
    <div className={styles['page']}>
      <Welcome />
      <Search value={q ?? ''} onChange={(text) => setParam('q', text.trim() || undefined, true)} />
      <Categories chosen={category} onChoose={(name) => setParam('category', name, false)} />
      <h2 className={styles['hidden']}>{t('browse.products')}</h2>
      <Products category={category} q={q} />
      <CartBar />
    </div>
  );
}

function Welcome() {
  const { t } = useTranslation();
  const isSignedOut = useSessionStatus() === 'signed-out';
  return (
    <section className={styles['welcome']}>
      <div>
        <h1>{t('browse.title')}</h1>
        <p>{t('browse.text')}</p>
        <Link to={isSignedOut ? '/register' : '/subscriptions'} className={styles['start']}>
          {t(isSignedOut ? 'browse.register' : 'browse.subscriptions')}
        </Link>
      </div>
      <img src={milk} alt="" width={240} height={180} />
    </section>
  );
}

function Search({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // A search that is still to come would lead back from the page that the customer has opened meanwhile.
  useEffect(() => () => clearTimeout(timer.current), []);
  if (shown !== value) {
    // Another search, such as by the back button. Not for a space at the end of what is typed.
    setShown(value);
    if (text.trim() !== value) setText(value);
  }
  const type = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(typed), TYPING_PAUSE_MILLISECONDS);
  };
  return (
    <search>
      <TextInput
        type="search"
        size="md"
        radius="xl"
        leftSection={<SearchIcon size={20} />}
        aria-label={t('browse.search')}
        placeholder={t('browse.search')}
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
    </search>
  );
}

function Categories({
  chosen,
  onChoose,
}: {
  chosen: string | undefined;
  onChoose: (name: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const { data = [] } = useCategories();
  const chip = (label: string, name: string | undefined) => (
    <button key={label} type="button" aria-pressed={chosen === name} onClick={() => onChoose(name)}>
      {label}
    </button>
  );
  return (
    <div className={styles['categories']} role="group" aria-label={t('browse.categories')}>
      {chip(t('browse.all'), undefined)}
      {data.map(({ category }) => chip(category, category))}
    </div>
  );
}

function Products({ category, q }: { category: string | undefined; q: string | undefined }) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useProductPages({ category, q });
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !hasNextPage) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: '600px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, fetchNextPage, data]);

  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Rows count={3} height={220} />;
  const products = data.pages.flatMap(({ items }) => items);
  if (products.length === 0)
    return <EmptyState image={other} title={t('browse.nothing')} text={t('browse.nothingText')} />;
  return (
    <>
      <ul className={styles['grid']}>
        {products.map((product) => (
          <ProductCard key={product.productId} product={product} />
        ))}
      </ul>
      <div ref={end}>
        {hasNextPage && (
          <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.showMore')}
          </Button>
        )}
      </div>
    </>
  );
}

/** On phones, the way to the cart within reach of the thumb. */
function CartBar() {
  const { t } = useTranslation();
  const { data } = useCart();
  if (!data || data.items.length === 0) return null;
  const count = data.items.reduce((sum, { qty }) => sum + qty, 0);
  return (
    <Link to="/cart" className={styles['cartBar']}>
      <span>{t('cart.items', { count })}</span>
      <span>
        {t('cart.view')} · {money(data.totalAmount)}
      </span>
    </Link>
  );
}
