import { useTranslation } from 'react-i18next';
import { Choice } from '../forms/choice.tsx';
import { weekdayNames } from '../format.ts';
import { Stepper } from '../forms/stepper.tsx';
import { type PatternForm, WEEKDAYS } from './pattern.ts';
import styles from './pattern-field.module.css';

const MIN_INTERVAL = 2;

export function PatternField({ value, onChange }: { value: PatternForm; onChange: (value: PatternForm) => void }) {
  const { t } = useTranslation();
  const short = weekdayNames('short');
  const long = weekdayNames('long');
  const { weekdays } = value;
  return (
    <>
      <Choice
        label={t('pattern.label')}
        layout="pairs"
        value={value.pattern}
        onChange={(pattern) => onChange({ ...value, pattern })}
        options={[
          { value: 'DAILY', label: t('pattern.DAILY') },
          { value: 'ALTERNATE_DAYS', label: t('pattern.ALTERNATE_DAYS') },
          { value: 'WEEKDAYS', label: t('pattern.WEEKDAYS') },
          { value: 'EVERY', label: t('pattern.EVERY') },
        ]}
      />
      {value.pattern === 'WEEKDAYS' && (
        <div className={styles['days']} role="group" aria-label={t('pattern.WEEKDAYS')}>
          {WEEKDAYS.map((day, index) => {
            const isChosen = weekdays.includes(day);
            const next = isChosen ? weekdays.filter((one) => one !== day) : [...weekdays, day];
            return (
              <button
                key={day}
                type="button"
                aria-pressed={isChosen}
                aria-label={long[index]}
                onClick={() => onChange({ ...value, weekdays: next })}
              >
                {short[index]}
              </button>
            );
          })}
        </div>
      )}
      {value.pattern === 'EVERY' && (
        <div className={styles['every']}>
          <span>{t('pattern.everyDays', { count: value.everyNDays })}</span>
          <Stepper
            label={t('pattern.interval')}
            value={value.everyNDays}
            min={MIN_INTERVAL}
            onChange={(everyNDays) => onChange({ ...value, everyNDays })}
          />
        </div>
      )}
    </>
  );
}
