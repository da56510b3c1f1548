import { TextInput, type TextInputProps } from '@mantine/core';

interface TextFieldProps extends Omit<TextInputProps, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextField({ onChange, ...props }: TextFieldProps) {
  return <TextInput size="md" {...props} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
}
