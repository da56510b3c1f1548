import Handlebars from 'handlebars';
import type { Language } from '../../../kernel/language';

/** The form posts to the address of the page, which has the token. */
const PAGE = `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{title}}</title>
</head>
<body>
<h1>{{title}}</h1>
<p>{{text}}</p>
{{#if button}}
<form method="post"><button type="submit">{{button}}</button></form>
{{/if}}
</body>
</html>
`;

const render = Handlebars.compile(PAGE, { knownHelpersOnly: true, strict: true });

export interface UnsubscribePage {
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  /** Label of the button that confirms. Absent once it is done. */
  readonly button?: string;
}

/** Writes the page, and escapes all texts. */
export function renderUnsubscribePage(page: UnsubscribePage): string {
  return render({ button: undefined, ...page });
}
