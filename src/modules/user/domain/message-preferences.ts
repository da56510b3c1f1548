/** Kinds of messages that a user can turn off by channel, because the app shows the same. All others are always sent. */
export const OPTIONAL_KINDS = ['dailyConfirmations', 'deliveryProgress', 'lowBalance', 'invoices'] as const;
export type OptionalKind = (typeof OPTIONAL_KINDS)[number];

export const PREFERENCE_CHANNELS = ['email', 'sms'] as const;
export type PreferenceChannel = (typeof PREFERENCE_CHANNELS)[number];

/** The field of a kind on a channel. All fields are in one map, because a write cannot set a field of a missing map. */
type KindField = `${PreferenceChannel}_${OptionalKind}`;

/** Which channels a user accepts, and the kinds that they have turned off on a channel. */
export interface NotificationPreferences
  extends Readonly<Record<PreferenceChannel, boolean>>, Readonly<Partial<Record<KindField, false>>> {}

/** What users accept until they choose otherwise. */
export const DEFAULT_PREFERENCES: NotificationPreferences = { email: true, sms: true };

/** Changes to preferences: omitted ones stay. */
export interface PreferencesChange extends Partial<Record<PreferenceChannel, boolean>> {
  readonly kinds?: Partial<Record<OptionalKind, Partial<Record<PreferenceChannel, boolean>>>>;
}

export function kindField(channel: PreferenceChannel, kind: OptionalKind): KindField {
  return `${channel}_${kind}`;
}

/** Whether a user has not turned off a kind on a channel. The channel itself may be off. */
export function isKindOn(
  preferences: NotificationPreferences,
  channel: PreferenceChannel,
  kind: OptionalKind,
): boolean {
  return preferences[kindField(channel, kind)] ?? true;
}

/** The stored fields that a change sets, or removes if null. A kind that is on is not stored. */
export function preferenceFields({ kinds = {}, ...channels }: PreferencesChange) {
  const fields = OPTIONAL_KINDS.flatMap((kind) =>
    PREFERENCE_CHANNELS.map((channel) => {
      const isOn = kinds[kind]?.[channel];
      return [kindField(channel, kind), isOn === true ? null : isOn] as const;
    }),
  );
  return { ...channels, ...Object.fromEntries(fields) };
}
