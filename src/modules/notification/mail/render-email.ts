import Handlebars from 'handlebars';
import type { Language } from '../../../kernel/language';
import type { MessageTexts } from '../texts/message-texts';
import { EMAIL_LAYOUT } from './email-layout';

const TEXT_LAYOUT = `{{headline}}

{{#each paragraphs}}
{{this}}

{{#if @first}}
{{#if @root.code}}
{{@root.code}}

{{/if}}
{{#if @root.link}}
{{@root.button}}: {{@root.link}}

{{/if}}
{{/if}}
{{/each}}
-- 
{{#each footer}}
{{this}}
{{/each}}
{{#if unsubscribeLink}}
{{unsubscribe}}: {{unsubscribeLink}}
{{/if}}
`;

// A misspelt name fails instead of leaving a gap.
const strict = { knownHelpersOnly: true, strict: true } as const;
const renderHtml = Handlebars.compile(EMAIL_LAYOUT, strict);
const renderText = Handlebars.compile(TEXT_LAYOUT, { ...strict, noEscape: true });

/** Writes a mail as text and HTML. The HTML escapes all texts, and neither reads them as a template. */
export function renderEmail({ subject, ...texts }: MessageTexts, language: Language) {
  const absent = {
    code: undefined,
    link: undefined,
    button: undefined,
    unsubscribe: undefined,
    unsubscribeLink: undefined,
  };
  const values = { ...absent, ...texts, language };
  return { subject, text: renderText(values), html: renderHtml(values) };
}
