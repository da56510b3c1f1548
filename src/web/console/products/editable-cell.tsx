import { ActionIcon, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, CloseIcon } from '../../ui/icons.tsx';
import { ActionError } from '../../ui/states.tsx';
import styles from './editable-cell.module.css';
import { type Product, type ProductChange, useChangeProduct, useReloadProduct } from './queries.ts';

interface EditableCellProps {
  readonly product: Product;
  /** What the cell shows, such as "Category". */
  readonly label: string;
  readonly value: string;
  readonly shown?: ReactNode;
  /** The change for a typed text. Undefined if the text is not allowed. */
  readonly changeOf: (text: string) => ProductChange | undefined;
  /** Id of a datalist with suggestions. */
  readonly list?: string;
}

/** A value of a product that is edited where it stands. Enter saves, Escape gives up. */
export function EditableCell(props: EditableCellProps) {
  const { product, label, value, shown = value } = props;
  const { t } = useTranslation('console');
  const [isEditing, setIsEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !isEditing) button.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  if (isEditing) return <CellForm {...props} onClose={() => setIsEditing(false)} />;
  const name = t('products.editCell', { label, name: product.name, value: value || t('products.none') });
  return (
    <button ref={button} type="button" className={styles['show']} aria-label={name} onClick={() => setIsEditing(true)}>
      {value ? shown : <span className={styles['empty']}>{t('products.none')}</span>}
    </button>
  );
}

function CellForm({ product, label, value, changeOf, list, onClose }: EditableCellProps & { onClose: () => void }) {
  const { t } = useTranslation(['console', 'translation']);
  const [text, setText] = useState(value);
  const { mutate, isPending, error } = useChangeProduct(product, onClose);
  const reload = useReloadProduct(product.productId);
  const change = changeOf(text.trim());
  const isSame = text.trim() === value;
  const save = () => {
    if (isSame) onClose();
    else if (change !== undefined) mutate(change);
  };
  return (
    <>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
        onBlur={({ currentTarget, relatedTarget }) => isSame && !currentTarget.contains(relatedTarget) && onClose()}
      >
        <TextInput
          size="xs"
          aria-label={t('products.cellOf', { label, name: product.name })}
          autoFocus
          {...(list !== undefined && { list })}
          value={text}
          error={change === undefined && t('products.notAllowed')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <ActionIcon type="submit" size="md" loading={isPending} aria-label={t('translation:common.save')}>
          <CheckIcon size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size="md" onClick={onClose} aria-label={t('translation:common.cancel')}>
          <CloseIcon size={16} />
        </ActionIcon>
      </form>
      {error && (
        <div className={styles['problem']}>
          <ActionError
            error={error}
            onReload={() => {
              void reload();
              onClose();
            }}
          />
        </div>
      )}
    </>
  );
}
