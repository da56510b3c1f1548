/** The layouts of all mails. `paragraphs` are already rendered, and escaped for HTML. */
export const TEXT_LAYOUT = `{{message}}

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
Milkround, fresh milk at your door
`;

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

export const HTML_LAYOUT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{{message}}</title>
</head>
<body style="margin:0;padding:0;background:#eef3f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#eef3f7">
<tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;${FONT}">
<tr><td style="padding:0 8px 16px;font-size:18px;font-weight:700;color:#1d5c8f">&#129371; Milkround</td></tr>
<tr><td style="background:#ffffff;border-radius:12px;padding:32px">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.35;color:#14303f">{{message}}</h1>
{{#each paragraphs}}
<p style="margin:0 0 16px;font-size:16px;line-height:1.55;color:#3b4c57">{{{this}}}</p>
{{#if @first}}
{{#if @root.code}}
<p style="margin:0 0 16px;padding:12px 16px;background:#eef3f7;border-radius:8px;font:15px/1.5 monospace;word-break:break-all;color:#14303f">{{@root.code}}</p>
{{/if}}
{{#if @root.link}}
<p style="margin:0 0 24px"><a href="{{@root.link}}" style="display:inline-block;padding:12px 20px;background:#1d5c8f;border-radius:8px;font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">{{@root.button}}</a></p>
{{/if}}
{{/if}}
{{/each}}
</td></tr>
<tr><td style="padding:16px 8px 0;font-size:13px;line-height:1.5;color:#6b7d88">Milkround, fresh milk at your door</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
