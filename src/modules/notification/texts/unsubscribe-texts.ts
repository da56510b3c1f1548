import type { Language } from '../../../kernel/language';
import type { OptionalKind } from '../../user';
import type { Wording } from './wording';

/** The words of the page for unsubscribing. */
export interface UnsubscribeTexts {
  readonly language: Language;
  readonly title: string;
  readonly question: string;
  readonly button: string;
  /** Said once it is done. */
  readonly done: string;
}

export function unsubscribeTextsOf(kind: OptionalKind, dairy: string, wording: Wording): UnsubscribeTexts {
  const topic = wording.say('unsubscribe_topic', { kind });
  const say = (key: 'unsubscribe_title' | 'unsubscribe_question' | 'unsubscribe_button' | 'unsubscribe_done') =>
    wording.say(key, { dairy, topic }) ?? '';
  return {
    language: wording.language,
    title: say('unsubscribe_title'),
    question: say('unsubscribe_question'),
    button: say('unsubscribe_button'),
    done: say('unsubscribe_done'),
  };
}
