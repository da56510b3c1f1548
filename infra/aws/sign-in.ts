import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccountRecovery, FeaturePlan, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/** Accounts at Cognito beside the program's own, by context `signIn=cognito`: the program takes its tokens too. */
export class SignIn extends Construct {
  readonly issuer: string;
  readonly audience: string;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const pool = new UserPool(this, 'People', {
      userPoolName: name,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: FeaturePlan.ESSENTIALS,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const client = pool.addClient('Program', {
      authFlows: { userSrp: true },
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
    });
    Validations.of(pool).acknowledge(
      { id: 'AwsSolutions-COG2', reason: 'Customers who order milk may take a second factor, and need not.' },
      {
        id: 'AwsSolutions-COG8',
        reason: 'It is part of the Plus plan, which is priced by the month and customer; a dairy may turn it on.',
      },
    );
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${pool.userPoolId}`;
    this.audience = client.userPoolClientId;
  }
}
