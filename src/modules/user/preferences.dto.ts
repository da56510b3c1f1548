import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { BooleanField } from '../../platform/http/fields';
import {
  isKindOn,
  type NotificationPreferences,
  OPTIONAL_KINDS,
  type OptionalKind,
} from './domain/message-preferences';

const EMAIL = 'Whether to send optional e-mails, which are those of `kinds`. All other e-mails are always sent.';
const SMS = 'Whether to send SMS.';
const KINDS = 'Optional kinds of messages. The app shows the same.';
const KIND_EMAIL = 'Whether to send this kind by e-mail, if `email` is on.';
const KIND_SMS = 'Whether to send this kind by SMS, if `sms` is on and the dairy sends it as SMS.';

const KIND_DESCRIPTIONS: Readonly<Record<OptionalKind, string>> = {
  dailyConfirmations: 'Confirmations of the deliveries of a day. Sent even if they are off when something is missing.',
  deliveryProgress: 'Steps of a delivery, up to its arrival. A failed delivery is always reported.',
  lowBalance: 'Warnings that the wallet is running low.',
  invoices: 'News that the invoice of a month is ready.',
};

class KindRequest {
  @BooleanField({ optional: true, example: false, description: KIND_EMAIL })
  email?: boolean;

  @BooleanField({ optional: true, example: true, description: KIND_SMS })
  sms?: boolean;
}

/** An object in which fields may be left out. */
function PartField(name: string, classOf: () => new () => object, description: string): PropertyDecorator {
  return (target, property) => {
    for (const decorate of [
      // Swagger recognises a deferred class by the name of the function.
      ApiProperty({
        type: () => classOf(),
        required: false,
        description: `${description} Those left out do not change.`,
      }),
      ValidateIf((_, value) => value !== undefined),
      IsObject({ message: `${name} must be an object` }),
      ValidateNested(),
      Type(classOf),
    ]) {
      decorate(target, property);
    }
  };
}

function KindField(kind: OptionalKind): PropertyDecorator {
  return PartField(kind, () => KindRequest, KIND_DESCRIPTIONS[kind]);
}

class KindsRequest {
  @KindField('dailyConfirmations') dailyConfirmations?: KindRequest;
  @KindField('deliveryProgress') deliveryProgress?: KindRequest;
  @KindField('lowBalance') lowBalance?: KindRequest;
  @KindField('invoices') invoices?: KindRequest;
}

export class PreferencesRequest {
  @BooleanField({ optional: true, example: true, description: EMAIL })
  email?: boolean;

  @BooleanField({ optional: true, example: false, description: SMS })
  sms?: boolean;

  @PartField('kinds', () => KindsRequest, KINDS)
  kinds?: KindsRequest;
}

export function PreferencesField(): PropertyDecorator {
  return PartField('notifications', () => PreferencesRequest, 'Notification preferences.');
}

class KindResponse {
  @ApiProperty({ example: true, description: KIND_EMAIL }) email!: boolean;
  @ApiProperty({ example: true, description: KIND_SMS }) sms!: boolean;
}

function KindProperty(kind: OptionalKind): PropertyDecorator {
  return ApiProperty({ type: KindResponse, description: KIND_DESCRIPTIONS[kind] });
}

class KindsResponse implements Record<OptionalKind, KindResponse> {
  @KindProperty('dailyConfirmations') dailyConfirmations!: KindResponse;
  @KindProperty('deliveryProgress') deliveryProgress!: KindResponse;
  @KindProperty('lowBalance') lowBalance!: KindResponse;
  @KindProperty('invoices') invoices!: KindResponse;
}

export class PreferencesResponse {
  @ApiProperty({ description: EMAIL }) email!: boolean;
  @ApiProperty({ description: SMS }) sms!: boolean;
  @ApiProperty({ type: KindsResponse, description: KINDS }) kinds!: KindsResponse;

  static of(this: void, preferences: NotificationPreferences): PreferencesResponse {
    const { email, sms } = preferences;
    const kinds = OPTIONAL_KINDS.map((kind) => {
      const isOn = { email: isKindOn(preferences, 'email', kind), sms: isKindOn(preferences, 'sms', kind) };
      return [kind, isOn] as const;
    });
    return { email, sms, kinds: Object.fromEntries(kinds) as Record<OptionalKind, KindResponse> };
  }
}
