import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const MAX_WORDS = 40;

/** Words and phrases that the style guide in CONTRIBUTING.md excludes. */
const MARKS = [
  /\b(?:whoever|whomever|somebody|nobody|anybody|everybody|anew)\b/i,
  /\b(?:is|are|was|were|be|been) told (?:of|about)\b/i,
  /\b(?:is|are|was|were) at it\b/i,
  /\bh(?:o|e)lds? still\b/i,
  /\b(?:stands?|stood) in (?:the|a|its|their|no|one)\b/i,
  /\b(?:of|for) whom\b/i,
  /\bof which\b/i,
  /\bso many\b(?! that)/i,
  /\b(?:what|that) (?:has|have|was|were) (?:been )?begun\b/i,
  /\bgoes through all\b/i,
  /\bcom(?:e|es|ing) into being\b/i,
  /\bthe way out\b/i,
  /\b(?:what|who|those who) (?:stands?|dies|lives|waits|holds|lasts)\b/i,
  /\b(?:he|him|his|she|her|hers)\b/i,
];

/** Generated files, and this one. */
const EXEMPT =
  /^(?:package-lock\.json|docs\/openapi\.json|docs\/bruno\/|infra\/client\/api\.d\.mts|test\/architecture\/prose\.spec\.ts|LICENSE)/;

describe('prose', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /\.(?:md|[cm]?[jt]s|ya?ml)$|Dockerfile$/.test(path) && !EXEMPT.test(path));
  const texts = files.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const);

  it('uses no words that the style guide excludes', () => {
    expect(texts.flatMap(([path, text]) => marksIn(text).map((found) => `${path}:${found}`))).toEqual([]);
  });

  it(`has no sentence of more than ${MAX_WORDS} words`, () => {
    const long = texts.flatMap(([path, text]) =>
      sentencesOf(path, text)
        .filter((sentence) => sentence.split(' ').length > MAX_WORDS)
        .map((sentence) => `${path}: ${sentence}`),
    );
    expect(long).toEqual([]);
  });

  it('is recognised in comments, strings and documents', () => {
    expect(marksIn('one\n// Whoever is at it\nconst nobody = 1;')).toEqual(['2: Whoever', '2: is at it', '3: nobody']);
    const long = Array.from({ length: MAX_WORDS + 1 }, () => 'word').join(' ');
    const comment = `/**\n * Short. ${long.slice(0, 49)}\n * ${long.slice(50)}. Short.\n */`;
    const sentences = [...sentencesOf('a.ts', comment), ...sentencesOf('a.md', `- ${long}.\n- Short.`)];
    expect(sentences.filter((sentence) => sentence.split(' ').length > MAX_WORDS)).toEqual([long, long]);
  });
});

function marksIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      MARKS.flatMap((mark) => (mark.test(line) ? `${index + 1}: ${mark.exec(line)?.[0]}` : [])),
    );
}

/** The sentences of a document, or of the comments of a program. */
function sentencesOf(path: string, text: string): string[] {
  const paragraphs = path.endsWith('.md') ? paragraphsOf(text) : commentsOf(text);
  return paragraphs.flatMap((paragraph) =>
    paragraph
      .replace(/\s+/g, ' ')
      .split(/(?<=[.!?])\s/)
      .map((sentence) => sentence.trim().replace(/[.!?]$/, ''))
      .filter(Boolean),
  );
}

/** Without code, tables and diagrams; every list item and table cell is a paragraph. */
function paragraphsOf(markdown: string): string[] {
  return markdown.replace(/^```[^]*?^```/gm, '').split(/\n\s*\n|(?:^|\n)\s*(?:[-*]|\d+\.)\s|\|/);
}

function commentsOf(program: string): string[] {
  const blocks = [...program.matchAll(/\/\*\*?([^]*?)\*\//g)].map(([, block = '']) => block.replace(/^\s*\* ?/gm, ''));
  const lines = [...program.matchAll(/(?:^[ \t]*\/\/.*\n?)+/gm)].map(([run]) => run.replace(/^[ \t]*\/\/ ?/gm, ''));
  return [...blocks, ...lines].flatMap((comment) => comment.split(/\n\s*\n|\n\s*-\s/));
}
