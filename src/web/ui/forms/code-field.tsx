import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Takes the focus, also in a dialog that opens. */
  readonly autoFocus?: boolean;
  /** Whether only the code of the app will do. */
  readonly isDigits?: boolean;
}

/** The code of a second factor. */
export function CodeField({ value, onChange, autoFocus = false, isDigits = false }: CodeFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      // React focuses the field before the dialog is open. Then the browser looks for the attribute, which React omits.
      ref={(field) => {
        if (autoFocus) field?.setAttribute('autofocus', '');
      }}
      autoFocus={autoFocus}
      label={t('field.code')}
      description={t(isDigits ? 'signIn.digitsHint' : 'signIn.codeHint')}
      inputMode={isDigits ? 'numeric' : 'text'}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      required
      maxLength={40}
      size="md"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** What a typed code is. Apps show the six digits in groups; anything else is taken for a recovery code. */
export function guessOf(
  text: string,
): { code: string; recoveryCode?: undefined } | { code?: undefined; recoveryCode: string } {
  const digits = text.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(digits) ? { code: digits } : { recoveryCode: text.trim() };
}
