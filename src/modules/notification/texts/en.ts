const FAILURE_REASON =
  '{reason, select, CUSTOMER_UNAVAILABLE {no one was there to receive it} ' +
  'ADDRESS_NOT_FOUND {the address was not found} REFUSED {it was refused at the door} ' +
  'DAMAGED {it was damaged on the way} SPOILED {it spoiled on the way} VEHICLE {our vehicle broke down} ' +
  'OTHER {something went wrong on the way} other {something went wrong}}';

/**
 * The English texts, as ICU messages. Their keys and placeholders are those of every language. A sentence is left out if
 * the value of one of its placeholders is missing.
 */
const texts = {
  greeting: 'Hello',
  greeting_by_name: 'Hello {name}',
  moment: '{date}, {time}',
  line: '{qty} × {product}',
  unnamed_product: 'a product that is no longer sold',
  more_products: '{count, plural, one {# more product} other {# more products}}',
  footer: '{dairy}, fresh milk at your door',
  help_by_email_or_phone: 'Questions? Write to {email} or call {phone}.',
  help_by_email: 'Questions? Write to {email}.',
  help_by_phone: 'Questions? Call {phone}.',

  unsubscribe_topic:
    '{kind, select, dailyConfirmations {confirmed daily deliveries} deliveryProgress {the progress of deliveries} ' +
    'lowBalance {a low wallet balance} other {new invoices}}',
  unsubscribe_title: 'E-mails from {dairy}',
  unsubscribe_question: 'Do you want to stop e-mails about {topic}?',
  unsubscribe_button: 'Stop these e-mails',
  unsubscribe_done: 'You won’t get e-mails about {topic} any more. You can turn them on again in your profile.',
  unsubscribe: 'Stop e-mails about {topic}',

  welcome_subject: 'Welcome to {dairy}',
  welcome_headline_by_name: 'Welcome {name}!',
  welcome_headline: 'Welcome!',
  welcome: 'Your account is ready. Choose what you like, tell us when to come, and find fresh milk at your door.',
  welcome_verify: 'Please confirm that this e-mail address is yours with this code.',

  verification_subject: 'Confirm your e-mail address for {dairy}',
  verification_headline: 'Confirm your e-mail address',
  verification_request: '{greeting}, please confirm that this e-mail address is yours with this code.',
  verification_done: '{greeting}, your e-mail address is already confirmed. There is nothing left to do.',
  verification_api: 'Send it to POST {api}/user/verify.',
  verification_validity:
    'It works for seven days. If you did not create this account, ignore this e-mail: without the code, this address ' +
    'only gets messages about orders.',
  verification_button: 'Confirm my e-mail address',

  invitation_subject: 'You are invited to {dairy}',
  invitation_headline: 'Choose your {dairy} password',
  invitation: '{greeting}, the dairy has created an account for you. Use this code to choose your password.',
  invitation_api: 'Send it with your password to POST {api}/user/password/reset.',
  invitation_validity: 'It works once, within seven days. After that, request a new one with “Forgot password”.',
  invitation_button: 'Choose your password',

  reset_subject: 'Reset your {dairy} password',
  reset_headline: 'Reset your {dairy} password',
  reset:
    '{greeting}, use this code to set a new {dairy} password. You get it because a new password was requested for ' +
    'your account.',
  reset_api: 'Send it with your new password to POST {api}/user/password/reset.',
  reset_validity:
    'It works once, within an hour. If you did not request it, you can ignore this e-mail: your password stays the same.',
  reset_button: 'Choose a new password',

  password_changed_subject: 'Your {dairy} password was changed',
  password_changed_headline: 'Your {dairy} password was changed',
  password_changed:
    '{greeting}, the password of your account was changed, and all devices were signed out. If you did that, all is well.',
  not_me: 'If you did not, open {dairy} as usual, choose “Forgot password” to set a new one, and tell the dairy.',
  contacts_cleared:
    'Your e-mail address had not been confirmed before. For your safety, we removed the phone number and delivery ' +
    'address that were stored. Please enter yours again, and check your orders and subscriptions.',

  second_factor_subject:
    'Your {dairy} sign-in {isActive, select, yes {now needs a code} other {no longer needs a code}}',
  second_factor_headline:
    'Your {dairy} sign-in {isActive, select, yes {now needs a code} other {no longer needs a code}}',
  second_factor:
    '{greeting}, {isActive, select, yes {each sign-in to your account now needs a code from an authenticator app} ' +
    'other {the second factor of your account was removed, so sign-in only needs the password}}. If you or the dairy ' +
    'did that, all is well.',

  confirmed_subject: 'Order {orderNumber} confirmed',
  confirmed_headline: 'Order {orderNumber} confirmed',
  confirmed: '{greeting}, your order for {amount} is confirmed.',
  confirmed_items_slot: 'We’ll deliver {items} on {slot}.',
  confirmed_slot: 'We’ll deliver it on {slot}.',
  confirmed_chosen_slot: 'We’ll deliver it in your chosen slot.',
  confirmed_missing: 'Sold out, and not charged: {missing}.',
  confirmed_missing_retry: 'If it is back in stock by {retry} on the day of delivery, we’ll add it.',

  day_subject: 'Your delivery on {date} is confirmed',
  day_headline: 'Your {count} orders for {date} are confirmed',
  day_changed: 'Your delivery on {date} has changed',
  day_confirmed: '{greeting}, your {count} orders for {amount} are confirmed.',
  day_stop: '{items} at {time}',
  day_stops: 'We’ll deliver {stops}.',
  day_charged: 'Paid from your wallet: {charged}.',
  day_to_pay: 'To pay to the courier: {toPay}.',
  day_skipped: 'Not coming: {skipped}.',
  day_skipped_retry:
    'At {skippedRetry} on that day, we’ll try again for what is sold out or was not covered by your wallet. It is only ' +
    'charged if it comes.',
  day_skipped_headline: 'No delivery on {date}: {skipped}.',
  day_skipped_items:
    '{items} ({reason, select, SHORT_BALANCE {your wallet balance is too low} OUT_OF_STOCK {sold out} ' +
    'PRODUCT_WITHDRAWN {no longer sold} MISSED {we could not make it in time} other {something went wrong}})',
  day_skipped_unknown: 'a delivery (something went wrong)',

  added_subject: 'Added to your order {orderNumber}',
  added_headline: 'Order {orderNumber} now includes {added}',
  added: '{greeting}, good news: we could add {added} to your order after all, for {amount}.',

  cancelled_subject: 'Order {orderNumber} cancelled',
  cancelled_headline:
    'Order {orderNumber} cancelled: {reason, select, CANCELLED_BY_CUSTOMER {as you requested} ' +
    'CANCELLED_BY_DAIRY {we cannot deliver it} PAYMENT_WINDOW_EXPIRED {it was not paid in time} ' +
    'DELIVERY_FAILED {it could not be delivered} other {something went wrong}}. ' +
    '{moneyBack, select, yes {Anything you paid will be refunded.} other {What you paid will not be refunded.}}',
  cancelled: '{greeting}, your order for {amount} has been cancelled.',
  cancelled_refund: 'If you have already paid, we’ll refund the money to the payment method you used.',

  payment_failed_subject: 'Payment for order {orderNumber} failed',
  payment_failed_headline: 'Payment for order {orderNumber} failed',
  payment_failed:
    '{greeting}, the payment of {amount} did not go through, and nothing was charged. Please try again, or choose ' +
    'another payment method.',
  payment_failed_order: 'An order that stays unpaid is cancelled after a while.',
  top_up_failed_subject: 'Your wallet top-up failed',
  top_up_failed_headline: 'Your wallet top-up failed',

  refund_failed_subject: 'Your refund is in your wallet',
  refund_failed_headline:
    'Your refund of {amount} could not reach your {method, select, UPI {bank account} other {card}}, so it is in ' +
    'your wallet.',
  refund_failed:
    '{greeting}, your bank returned the refund to us. You can use the {amount} in your wallet for your next orders. ' +
    'If you would rather have it paid out, contact us.',

  invoice_subject: 'Your invoice {invoiceNumber}',
  invoice_headline: 'Your invoice {invoiceNumber} for {amount} is ready',
  invoice:
    '{greeting}, this invoice has last month’s deliveries that had none of their own. You can download it in your ' +
    'account.',

  credit_note_subject: 'Your credit note {creditNoteNumber}',
  credit_note_headline: 'Your credit note {creditNoteNumber} for {amount} is ready',
  credit_note:
    '{greeting}, we have refunded {amount} of order {orderNumber}. The credit note belongs to invoice {invoiceNumber}. ' +
    'You can download both in your account.',

  delivery_subject: 'Update on your order {orderNumber}',
  delivery_headline: 'Order {orderNumber} {progress, select, PICKED_UP {has been picked up} other {is in transit}}',
  delivery_planned: '{greeting}, your delivery is planned for {slot}.',
  delivery_latest: '{greeting}, this is the latest status of your delivery.',
  delivered_headline: 'Order {orderNumber} has been delivered',
  delivered: '{greeting}, your delivery has arrived. Enjoy!',
  delivery_failed_headline: `Order {orderNumber} could not be delivered: ${FAILURE_REASON}`,
  delivery_failed:
    '{greeting}, we are sorry that your delivery could not be made. If you have a question, please contact us.',

  door_subject: 'Update on your delivery on {door}',
  door_headline: 'Your delivery on {door} {progress, select, PICKED_UP {has been picked up} other {is in transit}}',
  door_delivered_headline: 'Your delivery on {door} has been delivered',
  door_failed_headline: `Your delivery on {door} could not be made: ${FAILURE_REASON}`,

  low_balance_subject: 'Your {dairy} wallet is running low',
  low_balance_headline_covers:
    'Your wallet is down to {balance}, enough for {deliveries, plural, one {# more delivery} other {# more deliveries}}, ' +
    'but too little for the one on {shortOn}. Top it up soon.',
  low_balance_headline_short:
    'Your wallet is down to {balance}, too little for the delivery on {shortOn}. Top it up soon.',
  low_balance_headline: 'Your wallet is down to {balance}. Top it up soon.',
  low_balance_short: '{greeting}, your wallet balance will not cover your delivery on {shortOn}.',
  low_balance: '{greeting}, your wallet balance has fallen below {threshold}.',
  low_balance_advice:
    'Orders from your wallet can’t be placed without enough balance. You can change the alert level in your wallet settings.',

  subscribed_subject: 'Your subscription is set up',
  subscribed_headline: 'Your subscription is set up. The first delivery is on {nextDeliveryDate}.',
  subscribed:
    '{greeting}, your subscription begins on {startDate}. You can pause it, skip a day or change it until the evening ' +
    'before a delivery.',

  paused_subject: 'Your subscription is paused',
  paused_headline_until: 'Your subscription is paused from {from} until {to}',
  paused_headline: 'Your subscription is paused from {from} until you resume it',
  paused: '{greeting}, your deliveries are paused from {from}.',
  paused_until: 'They resume automatically after {to}.',
  paused_open: 'Resume your subscription when you want them again.',

  skipped_subject: 'No delivery on {date}',
  skipped_headline:
    'No delivery on {date}: {reason, select, SHORT_BALANCE {your wallet balance is too low} ' +
    'OUT_OF_STOCK {what you ordered is sold out} PRODUCT_WITHDRAWN {what you ordered is no longer sold} ' +
    'MISSED {we could not make it in time} other {something went wrong}}.',
  skipped_offer:
    '{reason, select, SHORT_BALANCE {Top it up by {retry} on that day and we will still deliver.} ' +
    'other {If it is back in stock by {retry} on that day, we will still deliver.}}',
  skipped: '{greeting}, your subscription has no delivery on {date}.',
  skipped_retry: 'We’ll check again at {retry} on that day. Nothing is charged before then.',
};

export const en = {
  /** Of dates, times and lists. */
  locale: 'en-GB',
  timeFormat: { hour: 'numeric', minute: '2-digit', hour12: true },
  texts,
} as const;
