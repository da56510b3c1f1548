import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Badge } from '../../ui/page.tsx';
import { customerPath, orderPath, productStockPath } from '../links.ts';
import cells from '../ui/table/cells.module.css';
import { type Column, DataTable } from '../ui/table/data-table.tsx';
import styles from './books.module.css';

type Violation = Schemas['ViolationResponse'];
type Notice = Schemas['NoticeResponse'];
type Finding = Omit<Violation, 'kind'> & { readonly kind: Violation['kind'] | Notice['kind'] };

/** What the reconciliation found, by kind, with what it means and where to look. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, found]) => (
    <FindingsOfKind key={kind} kind={kind} findings={found} />
  ));
}

function FindingsOfKind({ kind, findings }: { kind: Finding['kind']; findings: readonly Finding[] }) {
  const { t } = useTranslation('console');
  const columns = useMemo<Column<Finding>[]>(
    () => [
      {
        key: 'detail',
        label: t('books.detail'),
        render: ({ detail }) => <span className={cells['text']}>{detail}</span>,
      },
      { key: 'links', label: t('books.concerns'), render: (finding) => <Subjects finding={finding} /> },
      { key: 'ids', label: t('books.ids'), render: (finding) => <span className={cells['id']}>{idsOf(finding)}</span> },
    ],
    [t],
  );
  const title = t(`books.kind.${kind}.title`);
  return (
    <section className={styles['section']}>
      <h3>
        {title} <Badge tone="warn">{findings.length}</Badge>
      </h3>
      <p className={styles['soft']}>{t(`books.kind.${kind}.text`)}</p>
      <DataTable label={title} columns={columns} rows={findings} rowKey={keyOf} />
    </section>
  );
}

function Subjects({ finding: { orderId, userId, productId } }: { finding: Finding }) {
  const { t } = useTranslation('console');
  return (
    <span className={cells['actions']}>
      {orderId && <Link to={orderPath(orderId)}>{t('books.order')}</Link>}
      {userId && <Link to={customerPath(userId)}>{t('books.customer')}</Link>}
      {productId && <Link to={productStockPath(productId)}>{t('books.product')}</Link>}
    </span>
  );
}

function idsOf({ kind: _, detail: _detail, ...ids }: Finding): string {
  return Object.values(ids).join(' · ');
}

function keyOf(finding: Finding): string {
  return `${finding.detail} ${idsOf(finding)}`;
}
