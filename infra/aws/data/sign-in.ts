import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccountRecovery, CfnUserPoolGroup, FeaturePlan, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/** A Cognito user pool (context `signIn=cognito`), whose tokens the application accepts in addition to its own. */
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
      // Apps sign in through the Cognito API; there is no hosted sign-in page.
      disableOAuth: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
    });
    // Users in neither group are customers.
    for (const groupName of ['ADMIN', 'COURIER']) {
      new CfnUserPoolGroup(this, groupName, { userPoolId: pool.userPoolId, groupName });
    }
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason:
          'Cognito cannot require a second factor of one group, and customers need none. With ADMIN_MFA=required, the ' +
          'program itself asks admins for one.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'It needs the Plus plan, which is priced per monthly active user. A dairy may turn it on.',
      },
    );
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${pool.userPoolId}`;
    this.audience = client.userPoolClientId;
    new CfnOutput(Stack.of(this), 'UserPoolId', { value: pool.userPoolId, description: 'Cognito user pool' });
    new CfnOutput(Stack.of(this), 'UserPoolClientId', { value: this.audience, description: 'Client id for apps' });
  }
}
