import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccountRecovery, CfnUserPoolGroup, FeaturePlan, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
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
      // There is no page of Cognito's: apps sign in by its API.
      disableOAuth: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
    });
    // Who is in none is a customer.
    for (const groupName of ['ADMIN', 'COURIER']) {
      new CfnUserPoolGroup(this, groupName, { userPoolId: pool.userPoolId, groupName });
    }
    Validations.of(pool).acknowledge(
      { id: 'AwsSolutions-COG2', reason: 'Customers who order milk may take a second factor, and need not.' },
      {
        id: 'AwsSolutions-COG8',
        reason: 'It is part of the Plus plan, which is priced by the month and customer; a dairy may turn it on.',
      },
    );
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${pool.userPoolId}`;
    this.audience = client.userPoolClientId;
    new CfnOutput(Stack.of(this), 'UserPoolId', { value: pool.userPoolId, description: 'Where people sign in' });
    new CfnOutput(Stack.of(this), 'UserPoolClientId', { value: this.audience, description: 'As what apps sign in' });
  }
}
