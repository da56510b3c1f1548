import type { Endpoints } from './emulators.mts';

/** Points the application to the emulators instead of AWS. */
export function environmentOf(endpoints: Endpoints): Record<string, string> {
  return {
    DYNAMODB_ENDPOINT: endpoints.dynamodb,
    SQS_ENDPOINT: endpoints.aws,
    SNS_ENDPOINT: endpoints.aws,
    S3_ENDPOINT: endpoints.aws,
    SES_ENDPOINT: endpoints.ses,
    SMS_ENDPOINT: endpoints.sms,
    EVENTS_ENDPOINT: endpoints.events,
  };
}

/** The emulators accept any region and any keys. */
export const LOCAL_CREDENTIALS = {
  AWS_REGION: 'ap-south-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
};
