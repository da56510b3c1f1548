import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type Subscription, useCalendar } from '../../api/customer-queries.ts';
import { useCutoff } from '../cutoff.ts';
import { addDays, addMonths, daysInMonth, formatDate, today, weekdayIndex, weekdayNames } from '../format.ts';
import { BackIcon, NextIcon, PauseIcon } from '../icons.tsx';
import { ErrorState, Notice } from '../states.tsx';
import { CalendarCell } from './calendar-cell.tsx';
import styles from './calendar.module.css';
import { type DayLinks, DaySheet } from './day-sheet.tsx';
import { PauseSheet } from './pause-sheet.tsx';

interface CalendarProps {
  readonly subscriptions: readonly Subscription[];
  readonly links: DayLinks;
}

/** What several subscriptions deliver in a month, which is in the URL, with what skips, changes and pauses them. */
export function Calendar({ subscriptions, links }: CalendarProps) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [isPausing, setPausing] = useState(false);
  const now = today();
  const asked = params.get('month') ?? '';
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : now.slice(0, 7);
  const goTo = (other: string) => setParams({ month: other });
  const open = subscriptions.filter(({ status }) => status === 'ACTIVE' || status === 'PAUSED');
  return (
    <>
      <Countdown />
      <div className={styles['calendar']}>
        <header className={styles['month']}>
          <ActionIcon
            variant="subtle"
            size="xl"
            onClick={() => goTo(addMonths(month, -1))}
            aria-label={t('calendar.previous')}
          >
            <BackIcon />
          </ActionIcon>
          <h2 aria-live="polite">{formatDate(`${month}-01`, { month: 'long', year: 'numeric' })}</h2>
          <ActionIcon
            variant="subtle"
            size="xl"
            onClick={() => goTo(addMonths(month, 1))}
            aria-label={t('calendar.next')}
          >
            <NextIcon />
          </ActionIcon>
        </header>
        <Month key={month} month={month} subscriptions={subscriptions} links={links} />
        <ul className={styles['legend']}>
          {(['comes', 'off', 'problem'] as const).map((state) => (
            <li key={state} data-state={state}>
              {t(`calendar.${state}`)}
            </li>
          ))}
        </ul>
      </div>
      {open.length > 0 && (
        <Button variant="light" leftSection={<PauseIcon size={18} />} onClick={() => setPausing(true)}>
          {t('pause.longAction')}
        </Button>
      )}
      {isPausing && <PauseSheet subscriptions={open} onClose={() => setPausing(false)} />}
    </>
  );
}

function Countdown() {
  const { t } = useTranslation();
  const { firstOpenDate, minutesLeft } = useCutoff();
  const date = formatDate(firstOpenDate);
  const [hours, minutes] = [Math.floor(minutesLeft / 60), minutesLeft % 60];
  const left = hours > 0 ? t('calendar.hoursMinutes', { hours, minutes }) : t('calendar.minutes', { minutes });
  return <Notice tone="info">{t('calendar.countdown', { left, date })}</Notice>;
}

function Month({ month, subscriptions, links }: CalendarProps & { month: string }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const first = `${month}-01`;
  const days = daysInMonth(month);
  const { data, error, refetch, entriesOf } = useCalendar(subscriptions, first, addDays(first, days - 1));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const dates = Array.from({ length: days }, (_, index) => addDays(first, index));
  const long = weekdayNames('long');
  return (
    <>
      <div className={styles['weekdays']} aria-hidden="true">
        {weekdayNames('short').map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol className={styles['grid']} aria-label={t('nav.calendar')} aria-busy={!data}>
        {dates.map((date, index) => (
          <li key={date} data-column={index === 0 ? weekdayIndex(date) + 1 : undefined}>
            <CalendarCell
              date={date}
              weekday={long[weekdayIndex(date)] ?? ''}
              entries={entriesOf(date)}
              isToday={date === today()}
              onOpen={() => setChosen(date)}
            />
          </li>
        ))}
      </ol>
      {chosen && (
        <DaySheet date={chosen} entries={entriesOf(chosen)} links={links} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}
