const tail = (since: string, condition: string) =>
  `aws logs tail $LOG --since ${since} --filter-pattern '{ ${condition} }'`;
const tailMessage = (since: string, message: string) => tail(since, `$.msg = "${message}"`);

const SERVICES =
  "aws ecs describe-services --cluster $NAME --services $SERVICES --query 'services[].[serviceName,runningCount,events[:5].message]'";

/**
 * For each section of docs/runbook.md that alarms link to, the command to start with. The variables and functions in it
 * are those of the chapter "Before you start". Tests compare it with the runbook and with the program.
 */
export const FIRST_COMMANDS: Readonly<Record<string, string>> = {
  'api-unreachable': 'curl -i $API/health/ready',
  'no-healthy-task': SERVICES,
  errors: tail('1h', '$.msg = "Unhandled error" || $.msg = "Dependency unavailable"'),
  slow: tail('1h', '$.path = "/user/login" && $.status = 401'),
  throttled:
    "aws cloudwatch list-metrics --namespace AWS/DynamoDB --metric-name ThrottledRequests --recently-active PT3H --query 'Metrics[].Dimensions[].Value'",
  'outbox-parked': 'ops events',
  'events-not-published': 'ops events --waiting',
  'outbox-delayed': 'ops events --waiting',
  'dead-letters': 'ops dead',
  'queue-delayed': tailMessage('1h', 'Message failed, retrying'),
  'revocations-stale': tailMessage('1h', 'Access revocations not read*'),
  'reset-mails-dropped': tailMessage('1h', 'Reset mail*'),
  'generation-late': 'ops dead generation',
  'generation-faults': tailMessage('12h', 'Subscription could not be*'),
  'reconciliation-violations': 'aws logs tail $LOG --since 12h --log-stream-name-prefix command --format short',
  'reconciliation-missing': 'aws logs tail $LOG --since 36h --log-stream-name-prefix command --format short',
  'scheduler-silent': SERVICES,
  'scheduled-tasks-fail': tailMessage('1h', 'Scheduled task failed'),
  'payments-undecided': tailMessage('1h', 'Payment not*'),
  'payment-disputed': "admin GET '/admin/disputes?state=OPEN'",
  'tasks-ended': 'aws logs tail /aws/events/$NAME-ended-tasks --since 1h',
  'recipients-refused': tailMessage('2h', 'Recipient refused, not retried'),
  'messages-failed': 'ops messages',
  'mail-bounces': tailMessage('2h', 'Mail returned, recipient not mailed again'),
  'mail-complaints': tailMessage('2h', 'Mail returned, recipient not mailed again'),
  'sms-fail': tailMessage('4h', 'SMS failed'),
  'sms-spend': 'aws sns get-sms-attributes --attributes MonthlySpendLimit',
  'sign-ins-failing': tailMessage('1h', 'Sign-in*'),
  'admin-added': tailMessage('1h', 'Role changed'),
  'admin-token-issued': tailMessage('1h', 'Admin token issued'),
  'wallets-adjusted': tailMessage('2h', 'Wallet adjusted'),
};
