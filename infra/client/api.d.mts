/**
 * Generated from docs/openapi.json by `npm run client`. Do not edit.
 */
export interface paths {
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the audit log
         * @description Returns who did what, to what, when and by which request, newest first. The log has all changes and exports by admins and by operators on the command line. For all users, it also has sign-ins and their failures, ended sessions, second factors, verified e-mail addresses, and changes of passwords, roles and blocks. The filters combine. Without `actor` and `subject`, the list covers at most 366 days. An entry appears within seconds of the change. Entries cannot be changed, and are kept for `AUDIT_DAYS` (400) days.
         */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run the reconciliation
         * @description Compares wallets, ledger, orders, payments, invoices, credit notes, the gateway and the decisions of generation while the system is in use, and changes nothing. Checks each mismatch again for some seconds before reporting it, so that work in progress is not reported. Reads all tables. If it takes longer than ten seconds, it continues as a job.
         */
        get: operations["runReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Move the test clock
         * @description Moves the clock of the business rules forward, never back, and runs the scheduler at once. Tokens, throttles and signatures keep real time. Does not exist in production. Event: `clock.moved`.
         */
        put: operations["moveClock"];
        post?: never;
        /**
         * Reset the test clock
         * @description Returns the business clock to real time. Does not exist in production. Event: `clock.moved`.
         */
        delete: operations["resetClock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dairy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the settings of the dairy
         * @description Returns what messages, invoices and documents say about the dairy.
         */
        get: operations["getDairySettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the settings of the dairy
         * @description Changes only the fields sent. Null empties an optional field. Every task uses the new values within five seconds. Event: `dairy.updated`.
         */
        patch: operations["updateDairySettings"];
        trace?: never;
    };
    "/admin/day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the orders of a day
         * @description Returns the orders to deliver on a date by their status, and the deliveries of each courier by theirs. Reads every order of the date, and no others: repeat it every half a minute at most. The figures may be seconds old. `asOf` shows the clock of the business rules, which can differ from real time outside production.
         */
        get: operations["getDay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/demand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get projected demand
         * @description Returns the units of each product that are due on each date. Paused and skipped deliveries do not count. Stock and wallet balances make no difference. JSON or CSV. Default: the week from tomorrow. At most 31 days. If it takes longer than ten seconds, it continues as a job. Event, for CSV: `report.exported`.
         */
        get: operations["getDemand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List disputed payments
         * @description Returns the disputes of charges, open ones first, and newest first in each state. Evidence is sent in the dashboard of the gateway. A lost dispute changes no order and no wallet.
         */
        get: operations["listDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/generation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List generation runs
         * @description Returns the runs with their status and counts, latest date first.
         */
        get: operations["listGenerations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/generation/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview the orders of a date
         * @description Runs the generation of a date without writing anything, with the current subscriptions, prices, stock and balances. Refused with 409 if the run of the date has begun or the date is too long ago to get a run. If it takes longer than ten seconds, it continues as a job.
         */
        get: operations["previewGeneration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/generation/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start or resume order generation
         * @description Generates the orders of a date whose cutoff has passed, at most 7 days ago by default. Continues an interrupted run, or repeats a finished one for subscriptions that are still undecided. Recorded outcomes do not change. Dates are generated in order, so an earlier unfinished date goes first. Answers 202 at once; the run continues in the background. Events: `generation.requested`, `generation.completed`.
         */
        post: operations["startGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/generation/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the run of a date
         * @description Returns the status and counts of a run and, page by page, the outcome of every subscription, including those without a delivery on that date. With `outcome`, only those with this recorded outcome.
         */
        get: operations["getGeneration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/job/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a background job
         * @description Returns the status and progress of a request that was answered with 202, and the result once the job is DONE. Getting a job whose server crashed restarts it; after three crashes it is FAILED with `job.interrupted`. To start a FAILED job again, repeat the request. A job is kept for 5 minutes after it ends.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/notification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages that failed
         * @description Returns mails and SMS whose every attempt failed because of the provider, oldest first, with the reason. A recipient whom the provider refuses is not listed here, but in `undeliverable` of the user.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/notification/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send failed messages again
         * @description Puts about 1,000 failed messages back on the queue, oldest first. They are sent at the rate that the provider allows. A message that the provider accepted without an answer arrives twice. Event: `notification.retried`.
         */
        post: operations["retryNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/notification/sms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the SMS of a date
         * @description Returns the SMS that the provider accepted on a date, oldest first, with their delivery status. AWS End User Messaging reports it within three days, SNS never does. Rows are kept for 90 days.
         */
        get: operations["listSms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/order/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set the status of orders
         * @description Marks CONFIRMED orders as PACKED, or cancels orders that are CREATED, CONFIRMED or PACKED. Cancelling returns the stock and refunds the payment. With `orderIds`, each order is changed on its own and the response reports each result. `If-Match` is allowed for a single order only. Events: `order.packed`, `order.cancelled`.
         */
        patch: operations["setOrderStatus"];
        trace?: never;
    };
    "/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List or find orders
         * @description Returns the orders to deliver on `date`, or on today and the next 30 days. Orders of the same date are in no particular order. With `number`, returns the order with that order number; very rarely there are several. A daily order is found by its number once its delivery is assigned, within seconds of its generation.
         */
        get: operations["listAdminOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List undelivered events
         * @description Returns events that are parked after their last attempt or, with `state=waiting`, events that are still to be delivered.
         */
        get: operations["listOutbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/outbox/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry parked events
         * @description Delivers parked events again to the subscribers that failed. `outboxIds` selects events; without it, all parked events are retried. Event: `outbox.retried`.
         */
        post: operations["retryParkedEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/product/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a product as stored
         * @description Returns a product on sale or a withdrawn one, with its current stock and version, not from the cache.
         */
        get: operations["getAdminProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all products
         * @description Returns the products on sale and the withdrawn ones, sorted by name by default. All filters combine. Served from a cache that is at most 5 seconds old.
         */
        get: operations["listAdminProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/settled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wait until background work is idle
         * @description Answers 200 once the outbox, queues, generation runs, jobs and sandbox webhooks are idle, or 503 if they are still busy after a second. Does not exist in production.
         */
        get: operations["waitUntilSettled"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List or find users
         * @description Returns users in no particular order. The filters combine.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Creates a customer, courier or admin and sends a welcome mail. Without `password`, the user also gets an invitation: a mail with a link to choose one, valid for seven days. To send it again, use `POST /user/password/forgot`. Events: `user.registered`; without `password`, `user.invited`; for a courier or an admin, `user.role_changed`; for a courier, `user.courier_activated`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a user
         * @description Returns the profile of a user, and whether they are blocked.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a user
         * @description Changes the profile or role of a user, or blocks or unblocks them. A blocked user cannot sign in, and their sessions end. Blocking and a new role end the access tokens already issued, at once for admins and couriers, within five seconds for customers. After a new role, a refresh returns a token with it. Unblocking does not revive tokens. Admins cannot block themselves or change their own role. The subscriptions of a blocked customer make no orders; unblocking resumes them from the first date whose cutoff has not passed. The open deliveries of a courier who is blocked or gets another role stay with them until they are assigned to another one: `GET /delivery/list?needsCourier=true`. Events: `user.updated`, `user.role_changed`, `user.blocked`, `user.unblocked`, `user.courier_activated`, `user.courier_deactivated`.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/admin/users/{userId}/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Reset the second factor of a user
         * @description Removes the second factor of another user who has lost their phone and their recovery codes, and ends their sessions and access tokens. They sign in with the password alone, and can set up another second factor. Event: `user.second_factor_removed`.
         */
        delete: operations["resetSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/wallet/adjust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adjust a wallet
         * @description Credits or debits a wallet by hand: cash received, a correction or a goodwill credit. Writes a ledger entry with the reason and the admin. A debit cannot exceed the balance. Events: `wallet.adjusted`, and `wallet.balance_low` if a debit causes a low-balance warning.
         */
        post: operations["adjustWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a day
         * @description Returns the analytics events of a date, by their hour and then by their ids.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the daily report
         * @description Returns the figures of each local date, oldest first, as JSON or CSV: orders, money, customers, subscriptions and deliveries. What happened counts on the day it happened, and what a phone reports later on the day of the report. A worker adds up the figures within seconds. Default: the last seven days. At most 366 days. Over 92 days, it continues as a job if it takes longer than ten seconds. Event, for CSV: `report.exported`.
         */
        get: operations["getReport"];
        put?: never;
        /**
         * Create a report file
         * @description Writes the daily report to a file, as JSON, CSV or PDF. Answers 202 with the location of a background job, whose result is a link to the file. The link works for 15 minutes. The file is deleted after 30 days. Within 5 minutes, the same request answers 200 with the same link. Event, for each request: `report.exported`.
         */
        post: operations["createReportFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cart/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add to the cart
         * @description Adds units of a product to those in the cart. A cart holds at most 50 products and 1,000 units of each. Stock is not reserved. Event: `cart.item_added`.
         */
        post: operations["addToCart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cart/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Clear the cart
         * @description Removes all lines of the cart.
         */
        delete: operations["clearCart"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cart/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set a cart quantity
         * @description Sets the quantity of a product in the cart. 0 removes the line. A cart holds at most 50 products.
         */
        patch: operations["setCartQuantity"];
        trace?: never;
    };
    "/cart/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the cart
         * @description Returns the cart at today's prices. Lines of withdrawn products stay, flagged with `available: false`, and are not part of the total.
         */
        get: operations["getCart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dairy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the dairy
         * @description Returns what customers may know of the dairy: name, contact, currency, time zone and cutoff.
         */
        get: operations["getDairy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a delivery
         * @description Assigns the delivery of a CONFIRMED or PACKED order to a courier. Confirmed orders are assigned automatically, to the usual courier of the customer, but never to the customer. While the delivery is ASSIGNED, this request changes its courier, slot or address, and updates the order. Once it is PICKED_UP or IN_TRANSIT, only its courier can be changed, and it keeps its status. The customer keeps their usual courier, unless `permanent` is true. With `orderIds`, each order is assigned on its own and the response, with status 200, reports each result. Event: `delivery.assigned`, if anything changes.
         */
        post: operations["assignDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries by slot
         * @description Returns the deliveries of `date`, or of today and later, earliest slot first. Admins see all deliveries, couriers only their own. With `needsCourier`, returns those that an admin should assign to another courier: `POST /delivery/assign` with `orderIds`.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/manifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the route sheet of a courier
         * @description Returns what a courier delivers on a date: the stops in sequence, what to hand over and to collect at each, and what to load. Orders of a customer for the same time and address are one stop. Cancelled orders are left out. Once the orders of the date are generated, and at the latest on the date itself, the manifest has a number. It keeps the number until an order is added, removed or changed. Then the next request gives it the next number and lists what changed, so that a courier can correct a printed sheet. The status of a delivery does not change the number. The PDF is in the language of the courier. From 92 days ago to 31 days ahead, at most 1,000 deliveries. Event, for CSV and PDF: `report.exported`.
         */
        get: operations["getManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a delivery
         * @description Reports the progress of a delivery. An ASSIGNED delivery becomes PICKED_UP, IN_TRANSIT and DELIVERED, in this order; until it is DELIVERED it can become FAILED. Couriers may report only on their own deliveries, and only admins on how a delivery to its own courier ended. The same transaction updates the order. PICKED_UP requires a PACKED order and makes it DISPATCHED. DELIVERED makes it DELIVERED. FAILED cancels the order, returns its stock unless it was picked up, and refunds it unless the reason is CUSTOMER_UNAVAILABLE, ADDRESS_NOT_FOUND or REFUSED. Repeating a report changes nothing. With `at` and `clientEventId`, a phone can repeat a report later. Events: `delivery.updated`; if the order changes, also `order.dispatched`, `order.delivered` or `order.cancelled`.
         */
        patch: operations["updateDelivery"];
        trace?: never;
    };
    "/delivery/updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send reports of an offline round
         * @description Applies up to 200 reports that a phone kept while it was offline, each as PATCH /delivery/update does. Those on one delivery are applied in the order of `at`, whatever their order in the list. The response has a result for each report, in the order of the list. A report that is malformed or refused does not stop the others. A report with a `clientEventId` that was applied before changes nothing, so the whole list can be sent again. Send reports that are UNAVAILABLE again, with a new `Idempotency-Key`. The order of the customer changes when the report arrives; the delivery keeps both instants.
         */
        post: operations["updateDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delivery/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a delivery
         * @description Returns a delivery. Allowed for its customer, its courier and admins. With `since`, the response waits until the version of the delivery is higher, at most `wait` seconds, and then returns the delivery as it is. A user may wait for five deliveries at the same time.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the process runs
         * @description Checks nothing but the process itself.
         */
        get: operations["checkLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that requests can be served
         * @description Checks that the database answers. 503 during shutdown or while the database does not answer.
         */
        get: operations["checkReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoice/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invoices of a customer
         * @description Returns the invoices and credit notes of a customer, latest first. In a financial year, credit notes come before invoices. An order that is refunded after its invoice was issued gets a credit note. Links to the PDFs work for 15 minutes. Events: `credit_note.issued`, `credit_note.ready`.
         */
        get: operations["listInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notification/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the page for unsubscribing
         * @description Returns the page to which the link in an optional mail leads. It has a button that sends the POST. The page itself changes nothing, because mail scanners open links. At most 60 requests a minute per client address.
         */
        get: operations["askToUnsubscribe"];
        put?: never;
        /**
         * Unsubscribe from optional mails
         * @description Turns off the kind of mail that the token names, without a sign-in. It is the address in the header `List-Unsubscribe` of optional mails, for the button of mail programs (RFC 8058). The body may be a form of up to 1 kB, and is ignored. The same request again has no effect. The kind can be turned on again in the profile. At most 60 requests a minute per client address. Event: `user.updated`.
         */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description Cancels an order, returns its stock and refunds the payment. Customers can cancel until the order is packed, but not an order generated by a subscription. Admins can cancel any order until it is dispatched. Event: `order.cancelled`.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place an order
         * @description Orders the lines in `cartItems` for one delivery. Without `cartItems`, orders the lines of the cart and clears it. Takes the stock at once; if one line is short, nothing is ordered. An order that is not paid within the payment window (15 minutes by default, an hour longer while a payment is PENDING) is cancelled and its stock returned. A customer may have at most `UNPAID_ORDERS_MAX` (10) unpaid orders. Event: `order.placed`.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's orders
         * @description Returns the caller's orders, latest delivery first. Orders generated by a subscription carry its `subscriptionId`. An admin may list the orders of any customer by `userId`.
         */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a subscription
         * @description Creates a subscription. After the cutoff of each due date (21:00 on the day before by default), an order is generated at the prices of that evening. WALLET is debited then, COD is paid on delivery; no balance is needed to subscribe. `startDate` must be a date whose cutoff has not passed, and at least one date must be due. A customer can have 20 subscriptions (`SUBSCRIPTIONS_MAX`) that have not ended. The deliveries of one day of all subscriptions by COD must not cost more than the customer may owe on delivery (`COD_LIMIT_FIRST`, `COD_LIMIT`). Without `address`, deliveries go to the address of the profile, and follow it when it changes, from the first open date on. Event: `subscription.created`.
         */
        post: operations["subscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Track an order
         * @description Returns an order with its history, payment and delivery. Allowed for its customer, its courier and admins.
         */
        get: operations["trackOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order/{orderId}/invoice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the invoice of an order
         * @description Returns the invoice that a delivered order is part of, with a link to the PDF that works for 15 minutes. An order without an invoice gets one of its own, and the response is 202 until the PDF is made. Deliveries of a month that have no invoice get one together after the month has ended. What was refunded before is deducted. An issued invoice never changes: a later refund gets a credit note, see `GET /invoice/list`. Events: `invoice.requested`, `invoice.issued`, `invoice.ready`.
         */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay for an order
         * @description Pays an order in full. An order of 0 is paid at once by any method, without a token. A declined payment is a 201 with status FAILED, and can be tried again: at most five times an hour by one customer, and 20 times from one client address, counting top-ups. If the gateway does not decide within 10 seconds, the payment stays PENDING and is settled later. COD confirms the order at once, and the cash is collected on delivery. What a customer owes in this way is limited: by default to 2,000 before the first delivery and then to 20,000, in major units (`COD_LIMIT_FIRST`, `COD_LIMIT`). Allowed for the customer of the order and admins. Events: `payment.succeeded` and `order.confirmed`, or `payment.failed`; for COD `order.confirmed` only; for WALLET also `wallet.balance_low`, if the debit causes a low-balance warning.
         */
        post: operations["payOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a payment webhook
         * @description The payment gateway calls this operation with a signed body. The event only names the payment to look up at the gateway, so duplicates and any order of arrival are harmless. A refund that fails is credited to the wallet, a refund made by hand at the gateway is recorded, and a dispute is listed for admins. At most 60 bodies with a wrong signature a minute per client address. Events: as for payments, and `payment.refunded` or `payment.refund_failed`.
         */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a payment
         * @description Returns a payment for an order or a wallet top-up. Allowed for its customer and admins. Only admins see a dispute.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/product/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a product
         * @description Puts a product on sale. A taken `productId` is 409. Event: `product.added`.
         */
        post: operations["addProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/product/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List product categories
         * @description Returns the categories of the products on sale, sorted by name, in one response. Served from a cache that is at most 5 seconds old.
         */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/product/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products on sale
         * @description Returns the products on sale, sorted by name by default. All filters combine. Served from a cache that is at most 5 seconds old.
         */
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/product/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a product
         * @description Changes only the fields sent. Null empties an optional field. `stock` sets the stock, `stockDelta` adds to it; send one of them. `active: false` withdraws the product, `true` puts it back on sale. Existing orders keep the price they were placed at; subscriptions are charged the new price from the next generation on. Event: `product.updated`.
         */
        patch: operations["updateProduct"];
        trace?: never;
    };
    "/product/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a product
         * @description Returns a product on sale. A withdrawn product is 404. Served from a cache that is at most 5 seconds old.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a subscription
         * @description Ends a subscription for good, from the first date whose cutoff has not passed. Orders already generated are still delivered. Event: `subscription.cancelled`.
         */
        post: operations["cancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's subscriptions
         * @description Returns the caller's subscriptions, newest first, including those that have ended. An admin may list those of any customer by `userId`.
         */
        get: operations["listSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Override a delivery date
         * @description Replaces the items of one date whose cutoff has not passed. The date need not be due, but must not be paused. At most 100 future dates can be skipped or overridden, with at most 1,000 lines in all. Event: `subscription.updated`.
         */
        post: operations["overrideDate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a subscription
         * @description Stops deliveries from `from` to `to`, both included. Without `to`, the pause lasts until the subscription is resumed. The cutoff of `from` must not have passed. Pauses that overlap or adjoin are merged. At most 50 pauses may be current or planned. Event: `subscription.paused`.
         */
        post: operations["pauseSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a subscription
         * @description Ends the current pause from the first date whose cutoff has not passed. With `from`, withdraws the planned pause that starts on that date. Event: `subscription.resumed`.
         */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip a delivery date
         * @description Skips the delivery of one due date whose cutoff has not passed. At most 100 future dates can be skipped or overridden. Event: `subscription.skipped`.
         */
        post: operations["skipDate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/unskip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a skip or override
         * @description Restores the regular delivery of one skipped or overridden date whose cutoff has not passed. Event: `subscription.updated`.
         */
        post: operations["unskipDate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a subscription
         * @description Changes only the fields sent. The change applies from the first date whose cutoff has not passed, or from `startDate` if that is later: see `effectiveFrom` in the response. Event: `subscription.updated`.
         */
        patch: operations["updateSubscription"];
        trace?: never;
    };
    "/subscription/{subscriptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a subscription
         * @description Returns a subscription as of today. `runway` says how many deliveries the wallet balance covers at today's prices; it is present for subscriptions paid by wallet that are ACTIVE or PAUSED. Allowed for its customer and admins.
         */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/{subscriptionId}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the delivery calendar
         * @description Returns each date of a range with its delivery and price, or with the reason why there is no delivery. Future deliveries have today's prices. Default: 31 days from today. At most 92 days. Allowed for the customer of the subscription and admins.
         */
        get: operations["getCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a password
         * @description Returns an access token and a refresh token. An unknown e-mail address and a wrong password get the same response. Further attempts are refused with 429 after 10 failures within 15 minutes per account and client address, 50 within 15 minutes per client address, or 100 within an hour per account. The last limit does not apply to a client address from which the account signed in within 90 days. With the correct password of an account with a second factor, a missing code is `auth.code_required`. Wrong codes count as failures, also per account from any address. Event: `user.logged_in`.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the current session
         * @description Ends the session of the refresh token, even if the token was used before, and its access tokens. Some servers may accept the access token of a customer for five more seconds. Repeating the request is harmless.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove the second factor
         * @description Removes the second factor of the caller, who must send the password and a code. Wrong passwords and codes count towards the limits on failures. Event: `user.second_factor_removed`.
         */
        delete: operations["removeSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/mfa/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a second factor
         * @description Activates the second factor with a code of the app, and returns recovery codes. From then on, each sign-in needs a code. In other sessions, admin requests are refused until a code is given. Event: `user.second_factor_activated`.
         */
        post: operations["confirmSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/mfa/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up a second factor
         * @description Returns a new secret for an authenticator app (TOTP: SHA-1, six digits, 30 seconds). The caller must send the password. Wrong passwords count towards the limit on sign-in failures. The secret replaces an unconfirmed one, and has no effect until `POST /user/mfa/confirm`.
         */
        post: operations["setUpSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/mfa/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a code of the second factor
         * @description Records a code in the session, so that requests which need one from the last ten minutes work again (`x-second-factor: recent`). The access token stays the same. Codes work once. After 10 wrong codes within 15 minutes per account, further ones are refused with 429.
         */
        post: operations["verifySecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/password/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Changes the password of the caller, who must send the current one. Wrong passwords count towards the limit on sign-in failures. An admin cannot change the password of another user. Ends all sessions and access tokens of the caller, including this one. Some servers may accept the access token of a customer for five more seconds. The caller gets a mail about it. Event: `user.password_changed`.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a password reset
         * @description Sends a mail with a reset link if the e-mail address has an account that is not blocked. The response is the same either way, so it does not tell whether the account exists. A user who was invited, and has no password yet, gets the invitation again instead. At most 10 mails within 15 minutes per account. Event: `user.password_reset_requested` or `user.invited`.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the password
         * @description Sets a new password with a token from a mail. Each works within an hour (that of an invitation within seven days), until one of them is used or the password changes. Ends all sessions and access tokens of the user. Some servers may accept the access token of a customer for five more seconds. Earlier wrong passwords no longer count towards the limits on sign-in failures of the account. The token also verifies the e-mail address. If it was not verified before, a reset empties phone and address and restores the notification preferences, because another person may have opened the account. The user gets a mail about the change. Events: `user.password_changed`, `user.email_verified`.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the current user
         * @description Returns the profile of the caller. An admin may read any profile by `userId`.
         */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the current user
         * @description Changes only the fields sent. E-mail address, password and role cannot be changed here. Users can change their phone to another one three times in 24 hours. An admin may change any profile by `userId`. Event: `user.updated`.
         */
        patch: operations["updateProfile"];
        trace?: never;
    };
    "/user/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the access token
         * @description Returns a new access token, with the current role of the user, and the next refresh token. If the response is lost, send the same token again: within 30 seconds, and before the next token is used, the response is the same. Any other reuse ends the session: none of its tokens work any more.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a customer
         * @description Creates an account with the role CUSTOMER and sends a welcome mail. There is one account per e-mail address, without regard to case. At most 60 requests a minute per client address. Event: `user.registered`.
         */
        post: operations["registerUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions
         * @description Returns the open sessions of the caller, newest first. Each sign-in with a password starts one. A session ends 30 days after its last use, and at the latest 90 days after the sign-in. The operator may set fewer days.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere
         * @description Ends all sessions and access tokens of the caller, including this one, and the links to reset the password. Some servers may accept the access token of a customer for five more seconds. Tokens of an external issuer do not end. Event: `user.sessions_ended`.
         */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Ends a session of the caller and its access tokens, such as that of a lost phone. Some servers may accept the access token of a customer for five more seconds. Event: `user.sessions_ended`.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an e-mail address
         * @description Marks an e-mail address as verified, with the token that was mailed to it. A token is valid for seven days, for the address it was mailed to. The same token again has no effect. A password reset and an accepted invitation verify the address too. Event: `user.email_verified`.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/verify/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request another verification mail
         * @description Sends a mail with a new token to the e-mail address of the caller. An admin may request it for any user by `userId`. At most one mail a minute, five an hour and ten a day. Event: `user.email_verification_requested`.
         */
        post: operations["requestEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List wallet ledger entries
         * @description Returns every movement of the wallet, newest first. Their sum is the balance.
         */
        get: operations["listLedgerEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the wallet settings
         * @description Sets the balance below which the customer is warned. 0 turns the warning off. A balance that is already lower causes no warning; only a debit does. Event: `wallet.settings_changed`.
         */
        patch: operations["updateWalletSettings"];
        trace?: never;
    };
    "/wallet/topup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Top up the wallet
         * @description Adds 1 to 100,000 in major units to the wallet by card or UPI. A declined payment is a 201 with status FAILED, and can be tried again, as often as that of an order. If the gateway does not decide within 10 seconds, the payment stays PENDING and is settled later. Events: `wallet.topped_up` or `payment.failed`.
         */
        post: operations["topUpWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the wallet
         * @description Returns the prepaid balance and the low-balance threshold.
         */
        get: operations["getWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AddProductRequest: {
            /**
             * @description Id of the new product. Default: a generated id. Some words, such as `list`, are reserved.
             * @example P101
             */
            productId?: string;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Price of one unit, in major units. At most two decimals.
             * @example 32.5
             */
            price: number;
            /**
             * @description Stock, in product units.
             * @example 120
             */
            stock: number;
            /**
             * @description Category by which customers find the product.
             * @example Milk
             */
            category: string;
            /**
             * @description Content of one product unit.
             * @example 500 ml
             */
            unit?: string;
            /**
             * @description Text about the product for customers.
             * @example From grass-fed cows, bottled at dawn.
             */
            description?: string;
            /**
             * @description Tax included in the price, in percent. At most two decimals.
             * @example 5
             */
            taxRate?: number;
            /**
             * Format: uri
             * @description URL of a picture.
             * @example https://images.milkround.test/full-cream.jpg
             */
            imageUrl?: string;
        };
        AddToCartRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Quantity to add, in product units.
             * @example 2
             */
            qty: number;
        };
        AdjustWalletRequest: {
            /**
             * @description Id of the user who owns the wallet.
             * @example U101
             */
            userId: string;
            /**
             * @description Amount, in major units. Positive for a credit, negative for a debit. At most two decimals.
             * @example 500
             */
            amount: number;
            /**
             * @description Reason of the movement, shown in the ledger.
             * @example Paid in cash to Ravi
             */
            reason: string;
            /**
             * @description Type of the movement. CREDIT: a goodwill credit, never negative. Default: ADJUSTMENT.
             * @enum {string}
             */
            type?: "ADJUSTMENT" | "CREDIT";
        };
        AmendmentResponse: {
            /**
             * @description Number that the manifest got by these changes.
             * @example 2
             */
            number: number;
            /**
             * Format: date-time
             * @description Instant at which the manifest got this number.
             * @example 2026-11-30T15:00:00Z
             */
            issuedAt: string;
            /** @description Changes since the number before, at most 50. */
            changes: components["schemas"]["ManifestChangeResponse"][];
            /**
             * @description Number of further changes, which are not listed.
             * @example 0
             */
            omitted: number;
        };
        /** @description Event with its ids and figures, which depend on its type. All amounts are in major units. */
        AnalyticsEventResponse: {
            /**
             * @description Type of the event.
             * @example ORDER_PLACED
             */
            eventType: string;
            /**
             * Format: date-time
             * @description Instant at which the event occurred.
             * @example 2025-10-14T10:00:00Z
             */
            timestamp: string;
            /**
             * @description Id of the event.
             * @example 01K9Z7Q4M2
             */
            eventId: string;
            /** @description Id of the request that caused the event. */
            requestId?: string;
            /**
             * @description Id of the user concerned.
             * @example U101
             */
            userId?: string;
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId?: string;
            /**
             * @description Amount, in major units.
             * @example 49.5
             */
            amount?: number;
        };
        AssignDeliveryRequest: {
            /**
             * @description Id of one order. Not together with `orderIds`.
             * @example O01K9Z
             */
            orderId?: string;
            /** @description Ids of several orders. Not together with `orderId`, `deliverySlot` or `address`. */
            orderIds?: string[];
            /**
             * Format: date-time
             * @description Instant for which the delivery is planned. Default: unchanged. In the future, at most 30 days ahead.
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot?: string;
            /**
             * @description Delivery address. Default: unchanged.
             * @example 12 Dairy Lane, Pune
             */
            address?: string;
            /**
             * @description Id of the courier. Default: the current courier if active, else the customer's usual courier, else any active courier.
             * @example U01K9Z
             */
            courierId?: string;
            /** @description Whether the courier becomes the customer's usual courier, for later orders too. Requires `courierId`. Default: false, the assignment is for this delivery only. */
            permanent?: boolean;
        };
        AssignmentResultResponse: {
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber: string;
            /**
             * @description Id of the delivery. Absent if the assignment was refused.
             * @example D01K9Z
             */
            deliveryId?: string;
            /**
             * @description Status of the delivery. Absent if the assignment was refused.
             * @enum {string}
             */
            status?: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * @description Id of the courier. Absent if no courier was active.
             * @example U01K9Z
             */
            courierId?: string;
            /**
             * @description Error code, if the assignment was refused.
             * @example delivery.illegal_transition
             */
            code?: string;
            /** @description Explanation of the error, if the assignment was refused. */
            detail?: string;
        };
        AuditEntryResponse: {
            /**
             * @description Id of the entry.
             * @example 01K9Z7Q4M2
             */
            entryId: string;
            /**
             * Format: date-time
             * @description Instant of the action.
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            /**
             * @description What was done: the name of an event, or `user.sign_in_failed`.
             * @example user.role_changed
             */
            action: string;
            /**
             * @description Id of the person who acted. `@cli` for commands on the server. Absent if the person was not signed in.
             * @example U101
             */
            by?: string;
            /**
             * @description Role of the person at that time. OPERATOR: a command on the server.
             * @example ADMIN
             * @enum {string}
             */
            byRole?: "CUSTOMER" | "COURIER" | "ADMIN" | "OPERATOR";
            /**
             * @description Id of what was changed.
             * @example U102
             */
            subject: string;
            /**
             * @description Id of the request.
             * @example 01K9Z7Q4M1
             */
            requestId: string;
            /** @description Other ids, new role or status, names of changed fields, and amounts in major units. Never names, addresses or secrets. */
            details: {
                [key: string]: unknown;
            };
        };
        CalendarDayResponse: {
            /**
             * Format: date
             * @description Local date.
             * @example 2026-12-05
             */
            date: string;
            /**
             * @description Outcome of the date. DUE: a delivery is planned. ORDERED: its order exists. Any other: the reason why there is no delivery.
             * @example ORDERED
             * @enum {string}
             */
            outcome: "DUE" | "ORDERED" | "PAUSED" | "SKIPPED" | "NOT_DUE" | "ENDED" | "SHORT_BALANCE" | "OUT_OF_STOCK" | "PRODUCT_WITHDRAWN" | "MISSED" | "BLOCKED";
            /** @description Lines of the delivery. For SHORT_BALANCE, the lines that the wallet did not cover. */
            items: components["schemas"]["CalendarLineResponse"][];
            /**
             * @description Amount of the delivery, in major units. Before the order exists, at today's prices. For SHORT_BALANCE, the amount that the wallet did not cover.
             * @example 65
             */
            amount: number;
            /** @description Lines that could not be supplied. */
            missing?: components["schemas"]["MissingLineResponse"][];
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId?: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber?: string;
        };
        CalendarLineResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Price of one unit, in major units.
             * @example 32.5
             */
            price: number;
            /**
             * @description Price of the whole line, in major units.
             * @example 65
             */
            lineTotal: number;
            /**
             * @description Content of one product unit.
             * @example 500 ml
             */
            unit?: string;
            /**
             * @description Tax included in the price, in percent. As it was when the line was priced.
             * @example 5
             */
            taxRate?: number;
        };
        CancelOrderRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Reason for the cancellation, kept in the history of the order.
             * @example We are away that day
             */
            reason?: string;
        };
        CancelSubscriptionRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
        };
        CartLineResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Price of one unit, in major units.
             * @example 32.5
             */
            price: number;
            /**
             * @description Price of the whole line, in major units. 0 if the product is not on sale.
             * @example 65
             */
            lineTotal: number;
            /**
             * @description Whether the product is on sale.
             * @example true
             */
            available: boolean;
        };
        CartResponse: {
            /**
             * @description Id of the cart.
             * @example C01K9Z
             */
            cartId: string;
            /** @description Lines of the cart. */
            items: components["schemas"]["CartLineResponse"][];
            /**
             * @description Sum of the lines, in major units.
             * @example 65
             */
            totalAmount: number;
            /**
             * @description Version of the entity. Also sent as `ETag`.
             * @example 1
             */
            version: number;
        };
        CategoryResponse: {
            /**
             * @description Name of the category, for the filter `category`.
             * @example Milk
             */
            category: string;
            /**
             * @description Number of products on sale in it.
             * @example 8
             */
            products: number;
        };
        ChangePasswordRequest: {
            /**
             * @description Password to be replaced.
             * @example test123
             */
            currentPassword: string;
            /**
             * @description New password. Characters are counted after Unicode normalisation (NFKC). In production, at least 8 characters (12 for an admin), and neither common nor made of the name of the person or the dairy.
             * @example cream-on-top-7
             */
            newPassword: string;
            /** @description Id of the caller. Any other is refused. */
            userId?: string;
        };
        CheckedCountsResponse: {
            /**
             * @description Number of wallets checked.
             * @example 120
             */
            wallets: number;
            /**
             * @description Number of ledger entries checked.
             * @example 4310
             */
            entries: number;
            /**
             * @description Number of payments checked.
             * @example 6200
             */
            payments: number;
            /**
             * @description Number of orders checked.
             * @example 6350
             */
            orders: number;
            /**
             * @description Number of charges checked at the gateway.
             * @example 2100
             */
            charges: number;
            /**
             * @description Number of invoices and credit notes checked.
             * @example 640
             */
            invoices: number;
            /**
             * @description Number of subscriptions checked.
             * @example 3100
             */
            subscriptions: number;
        };
        ClockResponse: {
            /**
             * Format: date-time
             * @description Current business time.
             * @example 2026-12-01T01:30:00Z
             */
            now: string;
            /**
             * @description Lead of business time over real time, in seconds.
             * @example 86400
             */
            ahead: number;
        };
        ConfirmSecondFactorRequest: {
            /**
             * @description Code of the authenticator app.
             * @example 492039
             */
            code: string;
        };
        CourierDayResponse: {
            /**
             * @description Id of the courier. Absent for deliveries without a courier.
             * @example U01K9Z
             */
            courierId?: string;
            /**
             * @description Name of the courier. Absent if they are no longer a courier.
             * @example Ravi
             */
            name?: string;
            /** @description Number of deliveries by status, without those whose order was cancelled first. */
            deliveries: {
                [key: string]: number;
            };
        };
        CreateUserRequest: {
            /**
             * @description Id of the new user. Default: a generated id. Some words, such as `admin`, are reserved.
             * @example U101
             */
            userId?: string;
            /**
             * @description Full name, without web addresses, phone numbers and invisible characters.
             * @example Jimmy Joseph
             */
            name: string;
            /**
             * Format: email
             * @description E-mail address, without regard to case.
             * @example jimmy@example.com
             */
            email: string;
            /**
             * @description Role of the new user.
             * @example COURIER
             * @enum {string}
             */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
            /**
             * @description New password. Characters are counted after Unicode normalisation (NFKC). In production, at least 8 characters (12 for an admin), and neither common nor made of the name of the person or the dairy. Without it, the user gets an invitation to choose one.
             * @example test123
             */
            password?: string;
            /**
             * @description Phone number. Spaces, hyphens, brackets and a leading 0 are accepted. Without a country code, it is a number of the country of the dairy (`DEFAULT_COUNTRY`). It is stored in E.164 form, such as `+919812345678`. Premium-rate, shared-cost, pager and satellite numbers are refused.
             * @example +91 98123 45678
             */
            phone?: string;
            /**
             * @description Default delivery address.
             * @example 12 Dairy Lane, Kochi
             */
            address?: string;
            /**
             * @description Language of messages and documents. Default: that of the dairy.
             * @example en
             * @enum {string}
             */
            language?: "en" | "hi";
        };
        DailyDemandResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Quantity that is due, in product units.
             * @example 1250
             */
            units: number;
            /**
             * Format: date
             * @description Local date of the deliveries.
             * @example 2026-12-02
             */
            date: string;
            /**
             * @description Whether the product is on sale. If not, it will not be ordered.
             * @example true
             */
            available: boolean;
        };
        DailyFiguresResponse: {
            /**
             * Format: date
             * @description Local date.
             * @example 2025-10-14
             */
            date: string;
            /**
             * @description Number of orders placed.
             * @example 120
             */
            orders: number;
            /**
             * @description Number of product units in these orders, with lines that were added to orders on the day.
             * @example 310
             */
            units: number;
            /**
             * @description Payments received for orders minus refunds, in major units.
             * @example 9450.5
             */
            revenue: number;
            /**
             * @description Number of orders cancelled.
             * @example 3
             */
            cancelled: number;
            /**
             * @description Number of refunds of payments and of their parts.
             * @example 2
             */
            refunds: number;
            /**
             * @description Payments refunded, in major units.
             * @example 149.5
             */
            refunded: number;
            /**
             * @description Number of customers registered.
             * @example 4
             */
            newCustomers: number;
            /**
             * @description Number of different customers whose orders were placed on the day.
             * @example 98
             */
            activeCustomers: number;
            /**
             * @description Number of subscriptions created.
             * @example 5
             */
            subscriptionsStarted: number;
            /**
             * @description Number of pauses set.
             * @example 2
             */
            subscriptionsPaused: number;
            /**
             * @description Number of subscriptions cancelled.
             * @example 1
             */
            subscriptionsEnded: number;
            /**
             * @description Number of deliveries made.
             * @example 110
             */
            delivered: number;
            /**
             * @description Number of deliveries made by the end of their slot.
             * @example 104
             */
            onTime: number;
            /**
             * @description Number of deliveries made after the end of their slot.
             * @example 6
             */
            late: number;
            /**
             * @description Number of deliveries that failed.
             * @example 2
             */
            failed: number;
            /** @description Number of failed deliveries by reason. */
            failedReasons: {
                [key: string]: number;
            };
            /** @description Best-selling products by units, at most five. */
            topProducts: components["schemas"]["ProductUnitsResponse"][];
            /**
             * @description Sum of all wallets at the end of the day, in major units.
             * @example 48210
             */
            walletFloat: number;
        };
        DairyResponse: {
            /**
             * @description Name of the dairy, as messages and invoices show it.
             * @example Sunrise Dairy
             */
            name: string;
            /**
             * @description Address of the dairy, for invoices.
             * @example 1 Meadow Road, Pune 411001
             */
            address: string | null;
            /**
             * @description E-mail address at which customers get help.
             * @example help@sunrise.example
             */
            email: string | null;
            /**
             * @description Phone number at which customers get help.
             * @example +91 20 2612 3456
             */
            phone: string | null;
            /**
             * @description Tax registration that invoices show, such as a GSTIN.
             * @example 27AAPFU0939F1ZV
             */
            taxId: string | null;
            /**
             * @description URL of the logo.
             * @example https://sunrise.example/logo.png
             */
            logo: string | null;
            /**
             * @description Language of messages and documents for customers who have chosen none.
             * @example en
             * @enum {string}
             */
            language: "en" | "hi";
            /**
             * @description Version of the entity. Also sent as `ETag`.
             * @example 1
             */
            version: number;
        };
        DateOverrideResponse: {
            /**
             * Format: date
             * @description Local date of the delivery.
             * @example 2026-12-12
             */
            date: string;
            /**
             * @description Whether the date is skipped.
             * @example false
             */
            skipped: boolean;
            /** @description Lines of the delivery. Empty for a skipped date. */
            items: components["schemas"]["SubscriptionLineResponse"][];
        };
        DaySummaryResponse: {
            /**
             * Format: date
             * @description Local date of the delivery slots.
             * @example 2026-12-01
             */
            date: string;
            /**
             * Format: date-time
             * @description Instant of the count, by the clock of the business rules.
             * @example 2026-11-30T15:00:00Z
             */
            asOf: string;
            /** @description Number of orders to deliver on the date, by status. */
            orders: {
                [key: string]: number;
            };
            /**
             * @description Sum of the orders that are not cancelled, in major units.
             * @example 52310.5
             */
            amount: number;
            /** @description Deliveries of each courier, sorted by name. Those without a courier come first. */
            couriers: components["schemas"]["CourierDayResponse"][];
        };
        DeadNotificationResponse: {
            /**
             * @description Id of the event that the message reports.
             * @example 01K9Z7Q4M2
             */
            eventId: string;
            /**
             * @description Id of the recipient.
             * @example U101
             */
            userId: string;
            /**
             * @description Type of the message.
             * @example ORDER_CONFIRMED
             * @enum {string}
             */
            type: "WELCOME_EMAIL" | "EMAIL_VERIFICATION" | "INVITATION" | "PASSWORD_RESET" | "PASSWORD_CHANGED" | "SECOND_FACTOR_CHANGED" | "ORDER_CONFIRMED" | "ORDER_CANCELLED" | "PAYMENT_FAILED" | "REFUND_FAILED" | "INVOICE_READY" | "CREDIT_NOTE" | "DELIVERY_UPDATE" | "LOW_BALANCE" | "SUBSCRIPTION_CREATED" | "SUBSCRIPTION_PAUSED" | "DELIVERY_SKIPPED";
            /**
             * @description Channel that failed.
             * @example EMAIL
             * @enum {string}
             */
            channel: "EMAIL" | "SMS";
            /**
             * @description First line of the message, in English.
             * @example Order K7M4-Q2XD confirmed
             */
            message: string;
            /**
             * @description Name of the last error.
             * @example TimeoutError
             */
            reason: string;
            /**
             * Format: date-time
             * @description Instant of the last attempt.
             * @example 2026-11-30T15:00:00Z
             */
            failedAt: string;
        };
        DeliveryResponse: {
            /**
             * @description Id of the delivery.
             * @example D01K9Z
             */
            deliveryId: string;
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Status of the delivery.
             * @enum {string}
             */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * @description Id of the courier. Absent if no courier was active.
             * @example U01K9Z
             */
            courierId?: string;
            /**
             * Format: date-time
             * @description Instant for which the delivery is planned.
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot: string;
            /**
             * @description Delivery address.
             * @example 12 Dairy Lane, Pune
             */
            address: string;
            /** @description Status changes, oldest first. */
            history: components["schemas"]["DeliveryStatusChangeResponse"][];
            /**
             * @description Reason for the failure. Present for FAILED.
             * @enum {string}
             */
            reason?: "CUSTOMER_UNAVAILABLE" | "ADDRESS_NOT_FOUND" | "REFUSED" | "DAMAGED" | "SPOILED" | "VEHICLE" | "OTHER" | "ORDER_CANCELLED";
            /**
             * @description Version of the entity. Also sent as `ETag`.
             * @example 1
             */
            version: number;
        };
        DeliveryStatusChangeResponse: {
            /**
             * @description Status after the change.
             * @enum {string}
             */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * Format: date-time
             * @description Instant of the change. By the clock of the phone, if there is `receivedAt`.
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            /**
             * Format: date-time
             * @description Instant at which the report arrived. Present if the report had its own `at`.
             */
            receivedAt?: string;
            /**
             * @description Reason for the failure.
             * @enum {string}
             */
            reason?: "CUSTOMER_UNAVAILABLE" | "ADDRESS_NOT_FOUND" | "REFUSED" | "DAMAGED" | "SPOILED" | "VEHICLE" | "OTHER" | "ORDER_CANCELLED";
            /** @description Note of the person who reported the change. */
            note?: string;
            /**
             * @description Id of the person who made the change. Only admins see it. Absent if the program made the change.
             * @example U101
             */
            by?: string;
        };
        DisputeResponse: {
            /**
             * @description Id of the dispute at the gateway.
             * @example dp_1PgafmB7WZ01zgkW
             */
            disputeId: string;
            /**
             * @description Status of the dispute. CLOSED: an inquiry that ended without a dispute.
             * @example OPEN
             * @enum {string}
             */
            status: "OPEN" | "WON" | "LOST" | "CLOSED";
            /**
             * @description Disputed amount, in major units.
             * @example 65
             */
            amount: number;
            /**
             * @description Amount that the bank has taken from the dairy, in major units.
             * @example 65
             */
            withdrawn: number;
            /**
             * @description Reason of the dispute, as the gateway names it.
             * @example fraudulent
             */
            reason: string;
            /**
             * Format: date-time
             * @description Instant at which the dispute was opened.
             * @example 2026-11-30T15:00:00Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description Instant until which evidence can be sent to the gateway.
             * @example 2026-11-30T15:00:00Z
             */
            respondBy?: string;
            /**
             * Format: date-time
             * @description Instant at which the dispute was found closed.
             * @example 2026-11-30T15:00:00Z
             */
            closedAt?: string;
        };
        DisputedPaymentResponse: {
            /**
             * @description Id of the dispute at the gateway.
             * @example dp_1PgafmB7WZ01zgkW
             */
            disputeId: string;
            /**
             * @description Status of the dispute. CLOSED: an inquiry that ended without a dispute.
             * @example OPEN
             * @enum {string}
             */
            status: "OPEN" | "WON" | "LOST" | "CLOSED";
            /**
             * @description Disputed amount, in major units.
             * @example 65
             */
            amount: number;
            /**
             * @description Amount that the bank has taken from the dairy, in major units.
             * @example 65
             */
            withdrawn: number;
            /**
             * @description Reason of the dispute, as the gateway names it.
             * @example fraudulent
             */
            reason: string;
            /**
             * Format: date-time
             * @description Instant at which the dispute was opened.
             * @example 2026-11-30T15:00:00Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description Instant until which evidence can be sent to the gateway.
             * @example 2026-11-30T15:00:00Z
             */
            respondBy?: string;
            /**
             * Format: date-time
             * @description Instant at which the dispute was found closed.
             * @example 2026-11-30T15:00:00Z
             */
            closedAt?: string;
            /**
             * @description Id of the payment.
             * @example PAY01K9Z
             */
            paymentId: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Id of the order. Absent for a top-up.
             * @example O01K9Z
             */
            orderId?: string;
        };
        FailedSubscriberResponse: {
            /**
             * @description Name of the subscriber.
             * @example analytics.publish
             */
            subscriber: string;
            /**
             * @description Error of the last attempt.
             * @example The queue does not answer
             */
            error: string;
        };
        ForgotPasswordRequest: {
            /**
             * Format: email
             * @description E-mail address, without regard to case.
             * @example jimmy@example.com
             */
            email: string;
        };
        ForgotPasswordResponse: {
            /**
             * @description Confirmation, the same whether or not the account exists.
             * @example If this e-mail has an account, instructions to reset the password are on their way
             */
            message: string;
        };
        HealthResponse: {
            /**
             * @description Always `ok`; a failed check is an error response.
             * @enum {string}
             */
            status: "ok";
        };
        InvalidField: {
            /**
             * @description Name of the field. Nested names are joined by dots.
             * @example qty
             */
            field: string;
            /**
             * @description Rule that the field breaks.
             * @example qty must be a whole number
             */
            message: string;
        };
        InvoiceResponse: {
            /**
             * @description Kind of the document.
             * @example INVOICE
             * @enum {string}
             */
            kind: "INVOICE" | "CREDIT_NOTE";
            /**
             * @description Number of the invoice. For a credit note, of the invoice that it belongs to.
             * @example 2026-27/000123
             */
            invoiceNumber: string;
            /**
             * @description Number of the credit note. Absent for an invoice.
             * @example 2026-27/C000007
             */
            creditNoteNumber?: string;
            /**
             * Format: date-time
             * @description Instant at which the document was issued.
             * @example 2026-11-30T15:00:00Z
             */
            issuedAt: string;
            /**
             * Format: date
             * @description Date of the first delivery.
             * @example 2026-11-01
             */
            from: string;
            /**
             * Format: date
             * @description Date of the last delivery.
             * @example 2026-11-30
             */
            to: string;
            /**
             * @description Total, with tax, in major units.
             * @example 1950
             */
            total: number;
            /**
             * @description Sum of the credit notes of an invoice, in major units. Absent if it has none.
             * @example 60
             */
            credited?: number;
            /**
             * @description ISO 4217 code of the currency.
             * @example INR
             */
            currency: string;
            /**
             * @description Id of the order. Absent for the invoice of a month.
             * @example O01K9Z
             */
            orderId?: string;
            /**
             * Format: uri
             * @description Link to the PDF. Absent while it is made.
             * @example https://files.milkround.test/2026-27/000123.pdf
             */
            url?: string;
            /**
             * Format: date-time
             * @description Instant at which the link stops working.
             * @example 2026-11-30T15:00:00Z
             */
            expiresAt?: string;
        };
        JobResponse: {
            /**
             * @description Id of the background job.
             * @example J7F83B1657FF1FC53B92DC18148A1D65D
             */
            jobId: string;
            /**
             * @description Status of the job.
             * @example DONE
             * @enum {string}
             */
            status: "RUNNING" | "DONE" | "FAILED";
            /** @description Progress of the job. */
            progress: components["schemas"]["ProgressResponse"];
            /** @description Result of a DONE job: the body of the 200 response to the request that started it. */
            result?: {
                [key: string]: unknown;
            } | unknown[];
            /** @description Error of a FAILED job: the problem that the request would have received. */
            error?: components["schemas"]["ProblemDocument"];
        };
        KindRequest: {
            /**
             * @description Whether to send this kind by e-mail, if `email` is on.
             * @example false
             */
            email?: boolean;
            /**
             * @description Whether to send this kind by SMS, if `sms` is on and the dairy sends it as SMS.
             * @example true
             */
            sms?: boolean;
        };
        KindResponse: {
            /**
             * @description Whether to send this kind by e-mail, if `email` is on.
             * @example true
             */
            email: boolean;
            /**
             * @description Whether to send this kind by SMS, if `sms` is on and the dairy sends it as SMS.
             * @example true
             */
            sms: boolean;
        };
        KindsRequest: {
            /** @description Confirmations of the deliveries of a day. Sent even if they are off when something is missing. Those left out do not change. */
            dailyConfirmations?: components["schemas"]["KindRequest"];
            /** @description Steps of a delivery, up to its arrival. A failed delivery is always reported. Those left out do not change. */
            deliveryProgress?: components["schemas"]["KindRequest"];
            /** @description Warnings that the wallet is running low. Those left out do not change. */
            lowBalance?: components["schemas"]["KindRequest"];
            /** @description News that the invoice of a month is ready. Those left out do not change. */
            invoices?: components["schemas"]["KindRequest"];
        };
        KindsResponse: {
            /** @description Confirmations of the deliveries of a day. Sent even if they are off when something is missing. */
            dailyConfirmations: components["schemas"]["KindResponse"];
            /** @description Steps of a delivery, up to its arrival. A failed delivery is always reported. */
            deliveryProgress: components["schemas"]["KindResponse"];
            /** @description Warnings that the wallet is running low. */
            lowBalance: components["schemas"]["KindResponse"];
            /** @description News that the invoice of a month is ready. */
            invoices: components["schemas"]["KindResponse"];
        };
        LedgerEntryResponse: {
            /**
             * @description Id of the ledger entry.
             * @example PAYMENT-PAY01K9Z
             */
            entryId: string;
            /**
             * @description Type of the movement.
             * @example PAYMENT
             * @enum {string}
             */
            type: "TOP_UP" | "PAYMENT" | "REFUND" | "CREDIT" | "ADJUSTMENT";
            /**
             * @description Amount, in major units. Positive for a credit, negative for a debit.
             * @example -65
             */
            amount: number;
            /**
             * @description Reason of the movement, in words.
             * @example Order K7M4-Q2XD
             */
            reason: string;
            /**
             * @description Id of the cause, such as a payment.
             * @example PAY01K9Z
             */
            sourceId: string;
            /**
             * Format: date-time
             * @description Instant of the movement.
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            /**
             * @description Id of the person who made the change. Only admins see it. Absent if the program made the change.
             * @example U101
             */
            by?: string;
        };
        LoginRequest: {
            /**
             * Format: email
             * @description E-mail address, without regard to case.
             * @example jimmy@example.com
             */
            email: string;
            /**
             * @description Password of the account.
             * @example test123
             */
            password: string;
            /**
             * @description Code of the authenticator app. Needed by accounts with a second factor; else ignored.
             * @example 492039
             */
            totp?: string;
            /**
             * @description Instead of `totp`. Recovery code, in any case, with or without hyphens. Each works once.
             * @example K7M4-Q2XD-9F3R-0VTB
             */
            recoveryCode?: string;
        };
        ManifestChangeResponse: {
            /**
             * @description How the manifest changed.
             * @example CHANGED
             * @enum {string}
             */
            type: "ADDED" | "CHANGED" | "REMOVED";
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber: string;
            /**
             * @description Name of the customer. Absent if the account is gone.
             * @example Asha Rao
             */
            customerName?: string;
            /**
             * @description Position of the stop. Absent if the order is no longer on the manifest.
             * @example 1
             */
            sequence?: number;
            /** @description What is different. Present for CHANGED. `customer` is their name or phone. */
            fields?: ("deliverySlot" | "address" | "customer" | "items" | "toCollect")[];
            /**
             * @description Why the order is gone: cancelled, with another courier, or on another date. Present for REMOVED.
             * @enum {string}
             */
            reason?: "CANCELLED" | "REASSIGNED" | "RESCHEDULED";
        };
        ManifestCustomerResponse: {
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Name of the customer. Absent if the account is gone.
             * @example Asha Rao
             */
            name?: string;
            /**
             * @description Phone number. Absent if the customer has none.
             * @example +919812345678
             */
            phone?: string;
        };
        ManifestLineResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Content of one product unit.
             * @example 500 ml
             */
            unit?: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
        };
        ManifestOrderResponse: {
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber: string;
            /**
             * @description Id of the delivery.
             * @example D01K9Z
             */
            deliveryId: string;
            /**
             * @description Status of the delivery.
             * @example ASSIGNED
             * @enum {string}
             */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * @description Whether the dairy has packed the order, so that it can be picked up.
             * @example true
             */
            packed: boolean;
            /** @description What to hand over. */
            items: components["schemas"]["ManifestLineResponse"][];
            /**
             * @description Cash to collect for the order, in major units. 0 if it is paid.
             * @example 65
             */
            toCollect: number;
        };
        ManifestResponse: {
            /**
             * Format: date
             * @description Local date of the delivery slots.
             * @example 2026-12-01
             */
            date: string;
            /**
             * @description Id of the courier.
             * @example U01K9Z
             */
            courierId: string;
            /**
             * @description Name of the courier.
             * @example Ravi
             */
            courierName: string;
            /**
             * @description Whether the orders of the date are not generated yet. A draft has no number.
             * @example false
             */
            draft: boolean;
            /**
             * @description Number of the manifest, from 1. Absent in a draft, and if there was never anything to deliver.
             * @example 2
             */
            number?: number;
            /**
             * Format: date-time
             * @description Instant at which the manifest got its number.
             * @example 2026-11-30T15:00:00Z
             */
            issuedAt?: string;
            /** @description Stops, by time, then by address. */
            stops: components["schemas"]["StopResponse"][];
            /** @description Totals of all stops. */
            totals: components["schemas"]["ManifestTotalsResponse"];
            /** @description Changes by number, latest first. At most the last ten. */
            amendments: components["schemas"]["AmendmentResponse"][];
        };
        ManifestTotalsResponse: {
            /**
             * @description Number of stops.
             * @example 1
             */
            stops: number;
            /**
             * @description Number of orders.
             * @example 1
             */
            orders: number;
            /**
             * @description Cash to collect at all stops, in major units.
             * @example 65
             */
            toCollect: number;
            /** @description Units of each product to load, by name. */
            load: components["schemas"]["ManifestLineResponse"][];
        };
        MissingLineResponse: {
            /**
             * @description Id of the product.
             * @example P102
             */
            productId: string;
            /**
             * @description Name of the product. Absent if it was withdrawn.
             * @example Curd
             */
            name?: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
        };
        MoveClockRequest: {
            /**
             * Format: date-time
             * @description New business time, not before the current one.
             * @example 2026-12-01T01:30:00Z
             */
            now: string;
        };
        NoticeResponse: {
            /**
             * @description Kind of the notice.
             * @example DISPUTE_OPEN
             * @enum {string}
             */
            kind: "DISPUTE_OPEN" | "DISPUTE_LOST" | "REFUND_BY_HAND" | "INVOICE_WITHOUT_ORDERS";
            /**
             * @description Explanation, with amounts in major units.
             * @example 30 is disputed, the bank has withdrawn 30
             */
            detail: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId?: string;
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId?: string;
            /**
             * @description Id of the payment.
             * @example PAY01K9Z
             */
            paymentId?: string;
            /**
             * @description Number of the invoice.
             * @example 2026-27/000123
             */
            invoiceNumber?: string;
        };
        OfflineReportRequest: {
            /**
             * @description Id that the client gives the report, such as a UUID. A report on a delivery is applied once per id.
             * @example 6f9619ff-8b86-4d01-b42d-00cf4fc964ff
             */
            clientEventId: string;
            /**
             * Format: date-time
             * @description Instant at which it happened, by the clock of the phone. At most 5 minutes ahead and 7 days ago.
             * @example 2026-11-30T23:40:00Z
             */
            at: string;
            /**
             * @description Id of the delivery.
             * @example D01K9Z
             */
            deliveryId: string;
            /**
             * @description New status.
             * @example PICKED_UP
             * @enum {string}
             */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * @description Reason for the failure. Required for FAILED, refused otherwise. Null counts as left out.
             * @enum {string|null}
             */
            reason?: "CUSTOMER_UNAVAILABLE" | "ADDRESS_NOT_FOUND" | "REFUSED" | "DAMAGED" | "SPOILED" | "VEHICLE" | "OTHER" | null;
            /**
             * @description Note for the history of the delivery. Null counts as left out.
             * @example Collected at 5:40
             */
            note?: string | null;
        };
        OfflineReportResponse: {
            /**
             * @description Id of the report. Absent if the report had no valid one.
             * @example 6f9619ff-8b86-4d01-b42d-00cf4fc964ff
             */
            clientEventId?: string;
            /**
             * @description Id of the delivery. Absent if the report had no valid one.
             * @example D01K9Z
             */
            deliveryId?: string;
            /**
             * @description APPLIED: the delivery has changed. ALREADY_APPLIED: it changed when the report arrived for the first time. UNCHANGED: it already was as the report says. REFUSED: the report cannot be applied. UNAVAILABLE: the report could not be stored; send it again.
             * @enum {string}
             */
            result: "APPLIED" | "ALREADY_APPLIED" | "UNCHANGED" | "REFUSED" | "UNAVAILABLE";
            /**
             * @description Status of the delivery. Absent with REFUSED and UNAVAILABLE.
             * @example PICKED_UP
             * @enum {string}
             */
            status?: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /** @description Error code, with REFUSED and UNAVAILABLE. */
            code?: string;
            /** @description Explanation of the error, with REFUSED and UNAVAILABLE. */
            detail?: string;
        };
        OrderDeliveryResponse: {
            /**
             * @description Id of the delivery.
             * @example D01K9Z
             */
            deliveryId: string;
            /**
             * @description Status of the delivery.
             * @example ASSIGNED
             */
            status: string;
            /**
             * @description Id of the courier. Absent if no courier was active.
             * @example U01K9Z
             */
            courierId?: string;
        };
        OrderItemResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
            /**
             * @description Price of one unit, in major units.
             * @example 32.5
             */
            price: number;
            /**
             * @description Price of the whole line, in major units.
             * @example 65
             */
            lineTotal: number;
            /**
             * @description Content of one product unit.
             * @example 500 ml
             */
            unit?: string;
            /**
             * @description Tax included in the price, in percent. As it was when the line was priced.
             * @example 5
             */
            taxRate?: number;
        };
        OrderLineRequest: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
        };
        OrderPaymentResponse: {
            /**
             * @description Id of the payment.
             * @example PAY01K9Z
             */
            paymentId: string;
            /**
             * @description Method of the payment: CARD, UPI, WALLET or COD.
             * @example CARD
             */
            method: string;
            /**
             * @description Status of the payment.
             * @example SUCCESS
             */
            status: string;
        };
        OrderResponse: {
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Status of the order.
             * @example CONFIRMED
             * @enum {string}
             */
            status: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
            /**
             * @description Sum of the lines, in major units.
             * @example 65
             */
            amount: number;
            /** @description Lines of the order, with name, price, unit and tax rate as sold. */
            items: components["schemas"]["OrderItemResponse"][];
            /**
             * Format: date-time
             * @description Instant for which the delivery is planned.
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot: string;
            /**
             * @description Delivery address.
             * @example 12 Dairy Lane, Pune
             */
            address: string;
            /** @description Status changes, oldest first. */
            history: components["schemas"]["StatusChangeResponse"][];
            /**
             * Format: date-time
             * @description Instant at which the order was placed.
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Payment deadline. Present while the order is CREATED.
             */
            payBy?: string;
            /** @description Latest payment of the order. */
            payment?: components["schemas"]["OrderPaymentResponse"];
            /** @description Delivery of the order. Absent until it is assigned. */
            delivery?: components["schemas"]["OrderDeliveryResponse"];
            /**
             * @description Id of the subscription that generated the order.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId?: string;
            /** @description Lines of the subscription that could not be supplied. */
            missing?: components["schemas"]["MissingLineResponse"][];
            /**
             * @description Version of the entity. Also sent as `ETag`.
             * @example 1
             */
            version: number;
        };
        OrderStatusResultResponse: {
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber: string;
            /**
             * @description Status after the change. Absent if it was refused.
             * @enum {string}
             */
            status?: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
            /**
             * @description Error code, if the change was refused.
             * @example order.illegal_transition
             */
            code?: string;
            /** @description Explanation of the error, if the change was refused. */
            detail?: string;
        };
        OutboxEventResponse: {
            /**
             * @description Id of the event.
             * @example 01K9Z7Q4M2
             */
            eventId: string;
            /**
             * @description Name of the event.
             * @example order.placed
             */
            type: string;
            /**
             * Format: date-time
             * @description Instant at which the event occurred.
             * @example 2026-11-30T15:00:00Z
             */
            occurredAt: string;
        };
        OutboxRowResponse: {
            /**
             * @description Id of the row.
             * @example 01K9Z7Q4M2
             */
            outboxId: string;
            /** @description Events of one transaction, delivered together. */
            events: components["schemas"]["OutboxEventResponse"][];
            /** @description Subscribers that failed in the last attempt. */
            failed: components["schemas"]["FailedSubscriberResponse"][];
            /**
             * @description Number of attempts so far.
             * @example 12
             */
            attempts: number;
            /**
             * Format: date-time
             * @description Instant of the next attempt. Absent for a parked row.
             */
            nextAttemptAt?: string;
        };
        OverrideDateRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * Format: date
             * @description Local date of the delivery.
             * @example 2026-12-12
             */
            date: string;
            /** @description Lines of the delivery on that date. Equal products are summed; at most 50 different products. */
            items: components["schemas"]["SubscriptionLineRequest"][];
        };
        PauseResponse: {
            /**
             * Format: date
             * @description First local date without delivery.
             * @example 2026-12-20
             */
            from: string;
            /**
             * Format: date
             * @description Last local date without delivery. Absent while the pause has no end.
             * @example 2027-01-03
             */
            to?: string;
        };
        PauseSubscriptionRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * Format: date
             * @description First local date without delivery.
             * @example 2026-12-20
             */
            from: string;
            /**
             * Format: date
             * @description Last local date without delivery. Default: until the subscription is resumed.
             * @example 2027-01-03
             */
            to?: string;
        };
        PayRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId: string;
            /**
             * @description Amount, in major units. It must equal the amount of the order. At most two decimals.
             * @example 65
             */
            amount: number;
            /**
             * @description Method of the payment. COD: cash on delivery.
             * @example CARD
             * @enum {string}
             */
            paymentMethod: "CARD" | "UPI" | "WALLET" | "COD";
            /**
             * @description Token from the form of the payment gateway, for CARD and UPI. Stripe: the id of a PaymentMethod (`pm_…`), required. Sandbox: `tok_ok` (default), `tok_declined`, `tok_pending_then_ok`, `tok_pending_then_fail`, `tok_timeout_but_charged`, `tok_timeout_not_charged`, `tok_slow`, `tok_refund_fails` (a refund is accepted and fails a second later) or `tok_disputed` (the cardholder disputes the charge a second later).
             * @example tok_ok
             */
            paymentToken?: string;
        };
        PaymentResponse: {
            /**
             * @description Id of the payment.
             * @example PAY01K9Z
             */
            paymentId: string;
            /**
             * @description Purpose of the payment: an order or a wallet top-up.
             * @enum {string}
             */
            purpose: "ORDER" | "TOP_UP";
            /**
             * @description Id of the order. Absent for a top-up.
             * @example O01K9Z
             */
            orderId?: string;
            /**
             * @description Order number. Absent for a top-up.
             * @example K7M4-Q2XD
             */
            orderNumber?: string;
            /**
             * @description Amount, in major units.
             * @example 65
             */
            amount: number;
            /**
             * @description Method of the payment. COD: cash on delivery.
             * @enum {string}
             */
            method: "CARD" | "UPI" | "WALLET" | "COD";
            /**
             * @description Status of the payment. PENDING: the gateway has not decided, or the cash is not collected yet.
             * @example SUCCESS
             * @enum {string}
             */
            status: "PENDING" | "SUCCESS" | "FAILED" | "REFUNDED";
            /** @description Reason code of a failure, such as `DECLINED`. */
            reason?: string;
            /** @description Secret for `stripe.handleNextAction`. Present if a PENDING Stripe payment needs the confirmation of the customer. */
            clientSecret?: string;
            /** @description Refund of a payment by card or UPI, if there is one. */
            refund?: components["schemas"]["RefundResponse"];
            /** @description Latest dispute of the charge, if there is one. Only admins see it. */
            dispute?: components["schemas"]["DisputeResponse"];
            /**
             * Format: date-time
             * @description Instant at which the payment was started.
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Version of the entity. Also sent as `ETag`.
             * @example 1
             */
            version: number;
        };
        PendingInvoiceResponse: {
            /**
             * @description Instructions for getting the invoice.
             * @example The invoice is being made. Repeat the request in 2 seconds.
             */
            message: string;
        };
        PendingResponse: {
            /**
             * @description Id of the background job.
             * @example J7F83B1657FF1FC53B92DC18148A1D65D
             */
            jobId: string;
            /**
             * @description Status of the job.
             * @example RUNNING
             * @enum {string}
             */
            status: "RUNNING" | "DONE" | "FAILED";
            /** @description Progress of the job. */
            progress: components["schemas"]["ProgressResponse"];
            /**
             * @description Instructions for getting the result.
             * @example The result is not ready yet. Repeat the request in 5 seconds, or send GET /admin/job/J7F83B1657FF1FC53B92DC18148A1D65D.
             */
            message: string;
        };
        PlaceOrderRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /** @description Lines to order. Default: the cart. Equal products are summed; at most 50 different products. */
            cartItems?: components["schemas"]["OrderLineRequest"][];
            /**
             * @description Total shown to the customer, in major units. If it differs from the actual total, the order is refused. At most two decimals.
             * @example 65
             */
            totalAmount?: number;
            /**
             * Format: date-time
             * @description Instant for which the delivery is planned. At least `LEAD_MINUTES` (60) and at most 30 days ahead.
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot: string;
            /**
             * @description Delivery address. Default: the address of the profile.
             * @example 12 Dairy Lane, Pune
             */
            address?: string;
        };
        PreferencesRequest: {
            /**
             * @description Whether to send optional e-mails, which are those of `kinds`. All other e-mails are always sent.
             * @example true
             */
            email?: boolean;
            /**
             * @description Whether to send SMS.
             * @example false
             */
            sms?: boolean;
            /** @description Optional kinds of messages. The app shows the same. Those left out do not change. */
            kinds?: components["schemas"]["KindsRequest"];
        };
        PreferencesResponse: {
            /** @description Whether to send optional e-mails, which are those of `kinds`. All other e-mails are always sent. */
            email: boolean;
            /** @description Whether to send SMS. */
            sms: boolean;
            /** @description Optional kinds of messages. The app shows the same. */
            kinds: components["schemas"]["KindsResponse"];
        };
        PreviewResponse: {
            /**
             * Format: date
             * @description Local date of the deliveries.
             * @example 2026-12-02
             */
            date: string;
            /**
             * Format: date-time
             * @description Instant whose subscriptions, prices, stock and balances the preview uses.
             * @example 2026-12-01T09:00:00Z
             */
            asOf: string;
            /** @description Number of subscriptions by outcome. */
            counts: {
                [key: string]: number;
            };
            /**
             * @description Number of subscriptions that cannot be decided.
             * @example 0
             */
            faults: number;
            /** @description Quantities that would be ordered, sorted by product name. */
            units: components["schemas"]["ProductUnitsResponse"][];
            /** @description Subscriptions counted as SHORT_BALANCE, in no particular order. At most 100. */
            short: components["schemas"]["ShortSubscriptionResponse"][];
            /** @description Average of the latest completed runs of the same weekday. */
            usual: components["schemas"]["WeekdayAverageResponse"];
            /** @description `counts` minus the mean in `usual`, by outcome. Absent if `usual.runs` is 0. */
            difference?: {
                [key: string]: number;
            };
        };
        ProblemDocument: {
            /**
             * @description URN of the error, which ends with its code.
             * @example urn:milkround:problem:order.insufficient_stock
             */
            type: string;
            /**
             * @description Reason phrase of the HTTP status.
             * @example Conflict
             */
            title: string;
            /**
             * @description HTTP status code.
             * @example 409
             */
            status: number;
            /**
             * @description Explanation of the error and what to do.
             * @example Not enough in stock: P101 (2 requested, 1 available). Nothing was ordered.
             */
            detail: string;
            /**
             * @description Stable error code: `<module>.<reason>`.
             * @example order.insufficient_stock
             */
            code: string;
            /**
             * @description Id of the request, to quote in support requests.
             * @example 01K9Z7Q4M2
             */
            requestId: string;
            /** @description Invalid fields, at most 20. Always present with `request.invalid`. */
            errors?: components["schemas"]["InvalidField"][];
        };
        ProductResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Price of one unit, in major units.
             * @example 32.5
             */
            price: number;
            /**
             * @description Stock, in product units.
             * @example 120
             */
            stock: number;
            /**
             * @description Category by which customers find the product.
             * @example Milk
             */
            category: string;
            /**
             * @description Content of one product unit.
             * @example 500 ml
             */
            unit?: string;
            /**
             * @description Text about the product for customers.
             * @example From grass-fed cows, bottled at dawn.
             */
            description?: string;
            /**
             * Format: uri
             * @description URL of a picture.
             * @example https://images.milkround.test/full-cream.jpg
             */
            imageUrl?: string;
            /**
             * @description Tax included in the price, in percent.
             * @example 5
             */
            taxRate?: number;
            /**
             * @description Whether the product is on sale.
             * @example true
             */
            active: boolean;
            /**
             * @description Version of the entity. Also sent as `ETag`. Stock does not change it.
             * @example 1
             */
            version: number;
        };
        ProductUnitsResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name: string;
            /**
             * @description Quantity that would be ordered, in product units.
             * @example 1250
             */
            units: number;
        };
        ProgressResponse: {
            /**
             * @description Number of finished steps.
             * @example 3
             */
            done: number;
            /**
             * @description Total number of steps. 0 until the job has counted them.
             * @example 8
             */
            total: number;
        };
        PublicDairyResponse: {
            /**
             * @description Name of the dairy, as messages and invoices show it.
             * @example Sunrise Dairy
             */
            name: string;
            /**
             * @description Address of the dairy, for invoices.
             * @example 1 Meadow Road, Pune 411001
             */
            address: string | null;
            /**
             * @description E-mail address at which customers get help.
             * @example help@sunrise.example
             */
            email: string | null;
            /**
             * @description Phone number at which customers get help.
             * @example +91 20 2612 3456
             */
            phone: string | null;
            /**
             * @description URL of the logo.
             * @example https://sunrise.example/logo.png
             */
            logo: string | null;
            /**
             * @description ISO 4217 code of the currency of all amounts.
             * @example INR
             */
            currency: string;
            /**
             * @description IANA time zone of dates and times of day.
             * @example Asia/Kolkata
             */
            timeZone: string;
            /**
             * @description Local time on the evening before a delivery until which subscribers can change it.
             * @example 21:00
             */
            cutoffTime: string;
            /**
             * @description Whether payments are simulated: no money moves, and `paymentToken` chooses the outcome of a charge.
             * @example true
             */
            testPayments: boolean;
            /**
             * @description Publishable key of Stripe, for its form in a browser. Absent if Stripe is not the gateway, or if no key is set.
             * @example pk_live_51H8…
             */
            stripePublishableKey?: string;
            /**
             * @description Language of messages and documents for customers who have chosen none.
             * @example en
             * @enum {string}
             */
            language: "en" | "hi";
            /** @description Languages that customers can choose, as BCP 47 codes. */
            languages: ("en" | "hi")[];
        };
        ReconciliationResponse: {
            /**
             * @description Whether no violation was found.
             * @example true
             */
            balanced: boolean;
            /** @description Violations found. The check stops after about 1,000. */
            violations: components["schemas"]["ViolationResponse"][];
            /** @description Open and lost disputes, refunds made by hand at the gateway that leave an order or a top-up behind, and invoices of a version that did not store their orders. They are not violations. At most 1,000. */
            notices: components["schemas"]["NoticeResponse"][];
            /** @description Number of objects checked. */
            checked: components["schemas"]["CheckedCountsResponse"];
        };
        RecoveryCodesResponse: {
            /** @description Ten codes that work once each, instead of the app. They are not shown again. */
            recoveryCodes: string[];
        };
        RefreshTokenRequest: {
            /**
             * @description Refresh token from the last response. Left out with `X-Session: cookie`, else required.
             * @example 01K9Z7Q4M2.V0Sn…
             */
            refreshToken?: string;
        };
        RefundResponse: {
            /**
             * @description Status of the refund at the gateway. FAILED: the card or account did not take it. A SUCCEEDED refund can still fail later.
             * @example SUCCEEDED
             * @enum {string}
             */
            status: "PENDING" | "SUCCEEDED" | "FAILED";
            /**
             * @description Where the money goes. SOURCE: the card or account that paid. WALLET: a failed refund was credited to it.
             * @example SOURCE
             * @enum {string}
             */
            to: "SOURCE" | "WALLET";
            /**
             * @description Refunded amount, in major units.
             * @example 65
             */
            amount: number;
        };
        RefusalResponse: {
            /**
             * @description Field to which nothing can be sent.
             * @enum {string}
             */
            field: "email" | "phone";
            /**
             * @description Why nothing is sent to it: the address or number cannot exist (`INVALID`), its owner wants no SMS from the dairy (`OPTED_OUT`), it is on a suppression list (`SUPPRESSED`), a mail to it came back (`BOUNCED`), or its owner reported one as spam (`COMPLAINED`).
             * @enum {string}
             */
            reason: "INVALID" | "OPTED_OUT" | "SUPPRESSED" | "BOUNCED" | "COMPLAINED";
            /**
             * Format: date-time
             * @description Instant of the refusal.
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
        };
        RegisterRequest: {
            /**
             * @description Id of the new user. Default: a generated id. Some words, such as `admin`, are reserved.
             * @example U101
             */
            userId?: string;
            /**
             * @description Full name, without web addresses, phone numbers and invisible characters.
             * @example Jimmy Joseph
             */
            name: string;
            /**
             * Format: email
             * @description E-mail address, without regard to case.
             * @example jimmy@example.com
             */
            email: string;
            /**
             * @description New password. Characters are counted after Unicode normalisation (NFKC). In production, at least 8 characters (12 for an admin), and neither common nor made of the name of the person or the dairy.
             * @example test123
             */
            password: string;
            /**
             * @description Phone number. Spaces, hyphens, brackets and a leading 0 are accepted. Without a country code, it is a number of the country of the dairy (`DEFAULT_COUNTRY`). It is stored in E.164 form, such as `+919812345678`. Premium-rate, shared-cost, pager and satellite numbers are refused.
             * @example +91 98123 45678
             */
            phone?: string;
            /**
             * @description Default delivery address.
             * @example 12 Dairy Lane, Kochi
             */
            address?: string;
            /**
             * @description Language of messages and documents. Default: that of the dairy.
             * @example en
             * @enum {string}
             */
            language?: "en" | "hi";
        };
        RegisteredResponse: {
            /**
             * @description Confirmation, always the same text.
             * @example User registered successfully
             */
            message: string;
            /**
             * @description Id of the user.
             * @example U101
             */
            userId: string;
        };
        RemoveSecondFactorRequest: {
            /**
             * @description Code of the authenticator app.
             * @example 492039
             */
            code?: string;
            /**
             * @description Recovery code, in any case, with or without hyphens. Each works once.
             * @example K7M4-Q2XD-9F3R-0VTB
             */
            recoveryCode?: string;
            /**
             * @description Password of the account. Users of an external issuer have none.
             * @example test123
             */
            password?: string;
        };
        ReportFileRequest: {
            /**
             * Format: date
             * @description First local date.
             * @example 2025-10-01
             */
            from: string;
            /**
             * Format: date
             * @description Last local date, included. Not after today. At most 366 days in all.
             * @example 2025-10-31
             */
            to: string;
            /**
             * @description Format of the file.
             * @enum {string}
             */
            format: "json" | "csv" | "pdf";
        };
        ReportFileResponse: {
            /**
             * Format: date
             * @description First local date.
             * @example 2025-10-01
             */
            from: string;
            /**
             * Format: date
             * @description Last local date.
             * @example 2025-10-31
             */
            to: string;
            /**
             * @description Format of the file.
             * @example pdf
             * @enum {string}
             */
            format: "json" | "csv" | "pdf";
            /**
             * Format: uri
             * @description Link to the file. It works without a token until it expires.
             * @example https://milkround-reports.s3.amazonaws.com/daily/01K9Z7Q4M2.pdf?X-Amz-Signature=5d3a
             */
            url: string;
            /**
             * Format: date-time
             * @description Instant at which the link expires.
             * @example 2026-11-30T15:00:00Z
             */
            expiresAt: string;
        };
        ResetPasswordRequest: {
            /**
             * @description Token from the mail. Works once, within an hour; that of an invitation within seven days.
             * @example 01K9Z7Q4M2.q8Xw…
             */
            token: string;
            /**
             * @description New password. Characters are counted after Unicode normalisation (NFKC). In production, at least 8 characters (12 for an admin), and neither common nor made of the name of the person or the dairy.
             * @example cream-on-top-7
             */
            newPassword: string;
        };
        ResumeSubscriptionRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * Format: date
             * @description First date of the planned pause to withdraw. Default: the current pause.
             * @example 2026-12-20
             */
            from?: string;
        };
        RetryNotificationsResponse: {
            /**
             * @description Number of messages that are sent again.
             * @example 3
             */
            retried: number;
            /**
             * @description Whether more are left, beyond the limit of one request.
             * @example false
             */
            hasMore: boolean;
        };
        RetryOutboxRequest: {
            /** @description Ids of parked rows. Default: all parked rows. */
            outboxIds?: string[];
        };
        RetryOutboxResponse: {
            /**
             * @description Number of rows that are delivered again.
             * @example 3
             */
            retried: number;
        };
        RunGenerationRequest: {
            /**
             * Format: date
             * @description Local date whose cutoff has passed.
             * @example 2026-12-02
             */
            date: string;
        };
        RunReportResponse: {
            /**
             * Format: date
             * @description Local date of the deliveries.
             * @example 2026-12-02
             */
            date: string;
            /**
             * @description Status of the run. FAILED: finished, but some subscriptions could not be decided; see their `fault`.
             * @enum {string}
             */
            status: "RUNNING" | "COMPLETED" | "FAILED";
            /** @description Number of subscriptions decided so far, by outcome. */
            counts: {
                [key: string]: number;
            };
            /**
             * Format: date-time
             * @description Instant of the start.
             * @example 2026-11-30T15:00:00Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description Instant of completion. Absent while the run is RUNNING.
             */
            completedAt?: string;
            /** @description Progress of the run, in steps of equal work. Present while the run is RUNNING. */
            progress?: components["schemas"]["ProgressResponse"];
            /** @description Page of the outcomes of all subscriptions. It may be short; only a missing `Link` ends the list. */
            outcomes: components["schemas"]["SubscriptionOutcomeResponse"][];
        };
        RunResponse: {
            /**
             * Format: date
             * @description Local date of the deliveries.
             * @example 2026-12-02
             */
            date: string;
            /**
             * @description Status of the run. FAILED: finished, but some subscriptions could not be decided; see their `fault`.
             * @enum {string}
             */
            status: "RUNNING" | "COMPLETED" | "FAILED";
            /** @description Number of subscriptions decided so far, by outcome. */
            counts: {
                [key: string]: number;
            };
            /**
             * Format: date-time
             * @description Instant of the start.
             * @example 2026-11-30T15:00:00Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description Instant of completion. Absent while the run is RUNNING.
             */
            completedAt?: string;
            /** @description Progress of the run, in steps of equal work. Present while the run is RUNNING. */
            progress?: components["schemas"]["ProgressResponse"];
        };
        RunwayResponse: {
            /**
             * @description Number of deliveries that the wallet covers, over all of the customer's subscriptions paid from it. At most 500.
             * @example 3
             */
            deliveries: number;
            /**
             * Format: date
             * @description Date of the last delivery covered. Absent if there is none.
             * @example 2026-12-12
             */
            until?: string;
            /**
             * Format: date
             * @description Date of the first delivery not covered. Absent if the next 92 days, or 500 deliveries, are covered.
             * @example 2026-12-14
             */
            shortOn?: string;
        };
        SecondFactorSecretResponse: {
            /**
             * @description Secret to type into an authenticator app, in Base32.
             * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            secret: string;
            /**
             * @description The same as an `otpauth:` URI, to show as a QR code.
             * @example otpauth://totp/Milkround:asha%40example.com?issuer=Milkround&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            uri: string;
        };
        SessionResponse: {
            /**
             * @description Token for the header `Authorization: Bearer <accessToken>`.
             * @example eyJhbGciOi…
             */
            accessToken: string;
            /**
             * @description Authentication scheme, always `Bearer`.
             * @example Bearer
             */
            tokenType: string;
            /**
             * @description Lifetime of the access token, in seconds: 900, or less if the session ends before.
             * @example 900
             */
            expiresIn: number;
            /**
             * @description Token for `POST /user/refresh`, valid for 30 days, but at most until 90 days after the sign-in. It works once, and can be repeated for 30 seconds. Absent with `X-Session: cookie`.
             * @example 01K9Z7Q4M2.V0Sn…
             */
            refreshToken?: string;
            /**
             * @description Id of the user.
             * @example U101
             */
            userId: string;
            /**
             * @description Role of the user.
             * @enum {string}
             */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
        };
        SetOrderStatusRequest: {
            /**
             * @description Id of one order. Not together with `orderIds`.
             * @example O01K9Z
             */
            orderId?: string;
            /** @description Ids of several orders. Not together with `orderId`. */
            orderIds?: string[];
            /**
             * @description New status: PACKED or CANCELLED. Payments and deliveries set the other statuses.
             * @example PACKED
             * @enum {string}
             */
            status: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
        };
        SetUpSecondFactorRequest: {
            /**
             * @description Password of the account. Users of an external issuer have none.
             * @example test123
             */
            password?: string;
        };
        SettledResponse: {
            /**
             * @description Confirmation, always `true`.
             * @enum {boolean}
             */
            settled: true;
        };
        ShortSubscriptionResponse: {
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Name of the customer. Absent if they have none.
             * @example Asha Rao
             */
            name?: string;
            /**
             * @description Amount of the order that the wallet does not cover, in major units.
             * @example 65
             */
            amount: number;
        };
        SmsResponse: {
            /**
             * @description Id of the event that the SMS reports.
             * @example 01K9Z7Q4M2
             */
            eventId: string;
            /**
             * @description Id of the recipient.
             * @example U101
             */
            userId: string;
            /**
             * @description Type of the message.
             * @example DELIVERY_UPDATE
             * @enum {string}
             */
            type: "WELCOME_EMAIL" | "EMAIL_VERIFICATION" | "INVITATION" | "PASSWORD_RESET" | "PASSWORD_CHANGED" | "SECOND_FACTOR_CHANGED" | "ORDER_CONFIRMED" | "ORDER_CANCELLED" | "PAYMENT_FAILED" | "REFUND_FAILED" | "INVOICE_READY" | "CREDIT_NOTE" | "DELIVERY_UPDATE" | "LOW_BALANCE" | "SUBSCRIPTION_CREATED" | "SUBSCRIPTION_PAUSED" | "DELIVERY_SKIPPED";
            /**
             * @description Id of the SMS at the provider.
             * @example 862a8790-60c0-4430-9b2b-658bdexample
             */
            messageId: string;
            /**
             * Format: date-time
             * @description Instant at which the provider accepted it.
             * @example 2026-11-30T15:00:00Z
             */
            sentAt: string;
            /**
             * @description Delivery status: nothing is reported yet (`ACCEPTED`), it is on its way (`PENDING`), the carrier has it (`SENT`), it arrived (`DELIVERED`), it did not arrive (`FAILED`), or the carrier does not say (`UNKNOWN`).
             * @example DELIVERED
             * @enum {string}
             */
            status: "ACCEPTED" | "PENDING" | "UNKNOWN" | "SENT" | "FAILED" | "DELIVERED";
            /**
             * @description What the carrier says.
             * @example Message has been accepted by phone
             */
            reason?: string;
            /**
             * Format: date-time
             * @description Instant of the report.
             * @example 2026-11-30T15:00:00Z
             */
            reportedAt?: string;
            /**
             * @description Number of parts, which are paid each.
             * @example 1
             */
            parts?: number;
            /**
             * @description Price in US$, with the fee of the carrier.
             * @example 0.0027
             */
            price?: number;
        };
        StatusChangeResponse: {
            /**
             * @description Status after the change.
             * @enum {string}
             */
            status: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
            /**
             * Format: date-time
             * @description Instant of the change.
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            /** @description Reason for the cancellation: a code, or the text of the person who cancelled. */
            reason?: string;
            /**
             * @description Id of the person who made the change. Only admins see it. Absent if the program made the change.
             * @example U101
             */
            by?: string;
        };
        StopResponse: {
            /**
             * @description Position of the stop on the manifest, from 1.
             * @example 1
             */
            sequence: number;
            /**
             * Format: date-time
             * @description Instant for which the delivery is planned.
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot: string;
            /** @description Customer to deliver to. */
            customer: components["schemas"]["ManifestCustomerResponse"];
            /**
             * @description Delivery address.
             * @example 12 Dairy Lane, Pune
             */
            address: string;
            /** @description Orders of the customer for this time and address. */
            orders: components["schemas"]["ManifestOrderResponse"][];
            /**
             * @description Cash to collect at the stop, in major units, also once it is collected.
             * @example 65
             */
            toCollect: number;
        };
        SubscribeRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /** @description Lines of each delivery. Equal products are summed; at most 50 different products. */
            items: components["schemas"]["SubscriptionLineRequest"][];
            /** @description Pattern of the delivery dates: `DAILY`, `ALTERNATE_DAYS`, an interval in days, or weekdays with a factor on all quantities. Days are counted from `startDate` or, after a change of the pattern, from the date on which it takes effect. */
            frequency: ("DAILY" | "ALTERNATE_DAYS") | {
                /** @description Interval between two deliveries, in days. */
                everyNDays: number;
            } | {
                /** @description Factor on all quantities by weekday. Weekdays that are left out have no delivery. */
                weekdays: {
                    /** @description Factor on all quantities. 0: no delivery. */
                    MON?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    TUE?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    WED?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    THU?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    FRI?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SAT?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SUN?: number;
                };
            };
            /**
             * Format: date
             * @description First local date of the pattern. Its cutoff must not have passed.
             * @example 2026-12-01
             */
            startDate: string;
            /**
             * Format: date
             * @description Last local date, included. Default: no end.
             * @example 2027-02-28
             */
            endDate?: string;
            /**
             * @description Local time of day of the delivery.
             * @example 06:30
             */
            deliverySlot: string;
            /**
             * @description Delivery address. Default: the address of the profile, which it then follows.
             * @example 12 Dairy Lane, Pune
             */
            address?: string;
            /**
             * @description Payment method. WALLET: debited when the order is generated. COD: cash on delivery.
             * @example WALLET
             * @enum {string}
             */
            paymentMethod: "WALLET" | "COD";
        };
        SubscriptionDateRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * Format: date
             * @description Local date of the delivery.
             * @example 2026-12-12
             */
            date: string;
        };
        SubscriptionDetailResponse: {
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Status of the subscription. PAUSED: from the cutoff of the date before a pause until the last date of the pause is over.
             * @enum {string}
             */
            status: "ACTIVE" | "PAUSED" | "ENDED" | "CANCELLED";
            /**
             * Format: date
             * @description First due date that can still be changed. Absent if there is none, as during a pause without an end or while the customer is blocked.
             * @example 2026-12-05
             */
            nextDeliveryDate?: string;
            /**
             * Format: date
             * @description First date for which the items, frequency, slot, address and payment method shown here apply.
             * @example 2026-12-01
             */
            effectiveFrom: string;
            /** @description Lines of each delivery. */
            items: components["schemas"]["SubscriptionLineResponse"][];
            /** @description Pattern of the delivery dates: `DAILY`, `ALTERNATE_DAYS`, an interval in days, or weekdays with a factor on all quantities. Days are counted from `startDate` or, after a change of the pattern, from the date on which it takes effect. */
            frequency: ("DAILY" | "ALTERNATE_DAYS") | {
                /** @description Interval between two deliveries, in days. */
                everyNDays: number;
            } | {
                /** @description Factor on all quantities by weekday. Weekdays that are left out have no delivery. */
                weekdays: {
                    /** @description Factor on all quantities. 0: no delivery. */
                    MON?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    TUE?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    WED?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    THU?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    FRI?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SAT?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SUN?: number;
                };
            };
            /**
             * @description Local time of day of the delivery.
             * @example 06:30
             */
            deliverySlot: string;
            /**
             * @description Delivery address.
             * @example 12 Dairy Lane, Pune
             */
            address: string;
            /** @description Whether the address was taken from the profile of the customer, and follows it. */
            followsProfile: boolean;
            /**
             * @description Payment method of each delivery.
             * @enum {string}
             */
            paymentMethod: "WALLET" | "COD";
            /**
             * Format: date
             * @description First local date of the pattern.
             * @example 2026-12-01
             */
            startDate: string;
            /**
             * Format: date
             * @description Last local date, included. Absent if there is no end.
             * @example 2027-02-28
             */
            endDate?: string;
            /**
             * Format: date
             * @description First local date without delivery. Present for CANCELLED.
             */
            cancelledFrom?: string;
            /** @description Pauses, in order of date. Old ones are removed. */
            pauses: components["schemas"]["PauseResponse"][];
            /** @description Skipped and overridden dates. Old ones are removed. */
            exceptions: components["schemas"]["DateOverrideResponse"][];
            /**
             * Format: date-time
             * @description Instant at which the subscription was created.
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Version of the entity. Also sent as `ETag`. Order generation does not change it.
             * @example 1
             */
            version: number;
            /** @description Deliveries that the wallet balance covers at today's prices. Present if the subscription is paid from the wallet and is ACTIVE or PAUSED. */
            runway?: components["schemas"]["RunwayResponse"];
        };
        SubscriptionLineRequest: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
        };
        SubscriptionLineResponse: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Quantity, in product units.
             * @example 2
             */
            qty: number;
        };
        SubscriptionOutcomeResponse: {
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Name of the customer. Absent if they have none.
             * @example Asha Rao
             */
            name?: string;
            /**
             * @description Outcome of the date. DUE: not decided yet.
             * @example ORDERED
             * @enum {string}
             */
            outcome: "DUE" | "ORDERED" | "PAUSED" | "SKIPPED" | "NOT_DUE" | "ENDED" | "SHORT_BALANCE" | "OUT_OF_STOCK" | "PRODUCT_WITHDRAWN" | "MISSED" | "BLOCKED";
            /**
             * @description Amount of the order, in major units. For SHORT_BALANCE, the amount that the wallet did not cover. Otherwise 0.
             * @example 65
             */
            amount: number;
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId?: string;
            /**
             * @description Order number, for people. Derived from the id.
             * @example K7M4-Q2XD
             */
            orderNumber?: string;
            /** @description Lines that could not be supplied. */
            missing?: components["schemas"]["MissingLineResponse"][];
            /** @description Reason why the subscription could not be decided. Fix it and run the date again. */
            fault?: string;
        };
        SubscriptionResponse: {
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId: string;
            /**
             * @description Status of the subscription. PAUSED: from the cutoff of the date before a pause until the last date of the pause is over.
             * @enum {string}
             */
            status: "ACTIVE" | "PAUSED" | "ENDED" | "CANCELLED";
            /**
             * Format: date
             * @description First due date that can still be changed. Absent if there is none, as during a pause without an end or while the customer is blocked.
             * @example 2026-12-05
             */
            nextDeliveryDate?: string;
            /**
             * Format: date
             * @description First date for which the items, frequency, slot, address and payment method shown here apply.
             * @example 2026-12-01
             */
            effectiveFrom: string;
            /** @description Lines of each delivery. */
            items: components["schemas"]["SubscriptionLineResponse"][];
            /** @description Pattern of the delivery dates: `DAILY`, `ALTERNATE_DAYS`, an interval in days, or weekdays with a factor on all quantities. Days are counted from `startDate` or, after a change of the pattern, from the date on which it takes effect. */
            frequency: ("DAILY" | "ALTERNATE_DAYS") | {
                /** @description Interval between two deliveries, in days. */
                everyNDays: number;
            } | {
                /** @description Factor on all quantities by weekday. Weekdays that are left out have no delivery. */
                weekdays: {
                    /** @description Factor on all quantities. 0: no delivery. */
                    MON?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    TUE?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    WED?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    THU?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    FRI?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SAT?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SUN?: number;
                };
            };
            /**
             * @description Local time of day of the delivery.
             * @example 06:30
             */
            deliverySlot: string;
            /**
             * @description Delivery address.
             * @example 12 Dairy Lane, Pune
             */
            address: string;
            /** @description Whether the address was taken from the profile of the customer, and follows it. */
            followsProfile: boolean;
            /**
             * @description Payment method of each delivery.
             * @enum {string}
             */
            paymentMethod: "WALLET" | "COD";
            /**
             * Format: date
             * @description First local date of the pattern.
             * @example 2026-12-01
             */
            startDate: string;
            /**
             * Format: date
             * @description Last local date, included. Absent if there is no end.
             * @example 2027-02-28
             */
            endDate?: string;
            /**
             * Format: date
             * @description First local date without delivery. Present for CANCELLED.
             */
            cancelledFrom?: string;
            /** @description Pauses, in order of date. Old ones are removed. */
            pauses: components["schemas"]["PauseResponse"][];
            /** @description Skipped and overridden dates. Old ones are removed. */
            exceptions: components["schemas"]["DateOverrideResponse"][];
            /**
             * Format: date-time
             * @description Instant at which the subscription was created.
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Version of the entity. Also sent as `ETag`. Order generation does not change it.
             * @example 1
             */
            version: number;
        };
        TopUpRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Amount to add, in major units. At most two decimals.
             * @example 500
             */
            amount: number;
            /**
             * @description Method of the payment.
             * @example UPI
             * @enum {string}
             */
            paymentMethod: "CARD" | "UPI";
            /**
             * @description Token from the form of the payment gateway, for CARD and UPI. Stripe: the id of a PaymentMethod (`pm_…`), required. Sandbox: `tok_ok` (default), `tok_declined`, `tok_pending_then_ok`, `tok_pending_then_fail`, `tok_timeout_but_charged`, `tok_timeout_not_charged`, `tok_slow`, `tok_refund_fails` (a refund is accepted and fails a second later) or `tok_disputed` (the cardholder disputes the charge a second later).
             * @example tok_ok
             */
            paymentToken?: string;
        };
        UpdateCartRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description New quantity, in product units. 0 removes the line.
             * @example 2
             */
            qty: number;
        };
        UpdateDairyRequest: {
            /**
             * @description Name of the dairy, as messages and invoices show it.
             * @example Sunrise Dairy
             */
            name?: string;
            /**
             * @description Address of the dairy, for invoices. Null empties it.
             * @example 1 Meadow Road, Pune 411001
             */
            address?: string | null;
            /**
             * Format: email
             * @description E-mail address at which customers get help. Null empties it.
             * @example help@sunrise.example
             */
            email?: string | null;
            /**
             * @description Phone number at which customers get help. Null empties it.
             * @example +91 20 2612 3456
             */
            phone?: string | null;
            /**
             * @description Tax registration that invoices show, such as a GSTIN. Null empties it.
             * @example 27AAPFU0939F1ZV
             */
            taxId?: string | null;
            /**
             * Format: uri
             * @description URL of the logo. Null empties it.
             * @example https://sunrise.example/logo.png
             */
            logo?: string | null;
            /**
             * @description Language of messages and documents for customers who have chosen none.
             * @example en
             * @enum {string}
             */
            language?: "en" | "hi";
        };
        UpdateDeliveryRequest: {
            /**
             * @description Id of the delivery.
             * @example D01K9Z
             */
            deliveryId: string;
            /**
             * @description New status.
             * @example PICKED_UP
             * @enum {string}
             */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * @description Reason for the failure. Required for FAILED, refused otherwise. Null counts as left out.
             * @enum {string|null}
             */
            reason?: "CUSTOMER_UNAVAILABLE" | "ADDRESS_NOT_FOUND" | "REFUSED" | "DAMAGED" | "SPOILED" | "VEHICLE" | "OTHER" | null;
            /**
             * @description Note for the history of the delivery. Null counts as left out.
             * @example Collected at 5:40
             */
            note?: string | null;
            /**
             * Format: date-time
             * @description Instant at which it happened, by the clock of the phone. At most 5 minutes ahead and 7 days ago. Default: now.
             */
            at?: string;
            /** @description Id that the client gives the report, such as a UUID. A report on a delivery is applied once per id. */
            clientEventId?: string;
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
        };
        UpdateProductRequest: {
            /**
             * @description Id of the product.
             * @example P101
             */
            productId: string;
            /**
             * @description Name of the product.
             * @example Full cream milk
             */
            name?: string;
            /**
             * @description Price of one unit, in major units. At most two decimals.
             * @example 32.5
             */
            price?: number;
            /**
             * @description New stock, in product units.
             * @example 120
             */
            stock?: number;
            /** @description Quantity to add to the stock, in product units. Not together with `stock`. */
            stockDelta?: number;
            /**
             * @description Category by which customers find the product.
             * @example Milk
             */
            category?: string;
            /**
             * @description Content of one product unit. Null empties it.
             * @example 500 ml
             */
            unit?: string | null;
            /**
             * @description Text about the product for customers. Null empties it.
             * @example From grass-fed cows, bottled at dawn.
             */
            description?: string | null;
            /**
             * @description Tax included in the price, in percent. Null empties it. At most two decimals.
             * @example 5
             */
            taxRate?: number | null;
            /**
             * Format: uri
             * @description URL of a picture. Null empties it.
             * @example https://images.milkround.test/full-cream.jpg
             */
            imageUrl?: string | null;
            /** @description Whether the product is on sale. */
            active?: boolean;
        };
        UpdateProfileRequest: {
            /**
             * @description Full name, without web addresses, phone numbers and invisible characters.
             * @example Jimmy Joseph
             */
            name?: string;
            /**
             * @description Phone number. Spaces, hyphens, brackets and a leading 0 are accepted. Without a country code, it is a number of the country of the dairy (`DEFAULT_COUNTRY`). It is stored in E.164 form, such as `+919812345678`. Premium-rate, shared-cost, pager and satellite numbers are refused. Null empties it.
             * @example +91 98123 45678
             */
            phone?: string | null;
            /**
             * @description Default delivery address. Null empties it.
             * @example 12 Dairy Lane, Kochi
             */
            address?: string | null;
            /**
             * @description Language of messages and documents. Default: that of the dairy. Null empties it.
             * @example en
             * @enum {string|null}
             */
            language?: "en" | "hi" | null;
            /** @description Notification preferences. Those left out do not change. */
            notifications?: components["schemas"]["PreferencesRequest"];
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
        };
        UpdateSubscriptionRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Id of the subscription.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId: string;
            /** @description Lines of each delivery. Equal products are summed; at most 50 different products. */
            items?: components["schemas"]["SubscriptionLineRequest"][];
            /** @description Pattern of the delivery dates: `DAILY`, `ALTERNATE_DAYS`, an interval in days, or weekdays with a factor on all quantities. Days are counted from `startDate` or, after a change of the pattern, from the date on which it takes effect. */
            frequency?: ("DAILY" | "ALTERNATE_DAYS") | {
                /** @description Interval between two deliveries, in days. */
                everyNDays: number;
            } | {
                /** @description Factor on all quantities by weekday. Weekdays that are left out have no delivery. */
                weekdays: {
                    /** @description Factor on all quantities. 0: no delivery. */
                    MON?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    TUE?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    WED?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    THU?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    FRI?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SAT?: number;
                    /** @description Factor on all quantities. 0: no delivery. */
                    SUN?: number;
                };
            };
            /**
             * @description Local time of day of the delivery.
             * @example 06:30
             */
            deliverySlot?: string;
            /**
             * @description Delivery address. Null takes it from the profile, and follows it.
             * @example 12 Dairy Lane, Pune
             */
            address?: string | null;
            /**
             * @description Payment method. WALLET: debited when the order is generated. COD: cash on delivery.
             * @enum {string}
             */
            paymentMethod?: "WALLET" | "COD";
            /**
             * Format: date
             * @description Last local date, included. Null removes the end.
             * @example 2027-02-28
             */
            endDate?: string | null;
        };
        UpdateUserRequest: {
            /**
             * @description Full name, without web addresses, phone numbers and invisible characters.
             * @example Jimmy Joseph
             */
            name?: string;
            /**
             * @description Phone number. Spaces, hyphens, brackets and a leading 0 are accepted. Without a country code, it is a number of the country of the dairy (`DEFAULT_COUNTRY`). It is stored in E.164 form, such as `+919812345678`. Premium-rate, shared-cost, pager and satellite numbers are refused. Null empties it.
             * @example +91 98123 45678
             */
            phone?: string | null;
            /**
             * @description Default delivery address. Null empties it.
             * @example 12 Dairy Lane, Kochi
             */
            address?: string | null;
            /**
             * @description Language of messages and documents. Default: that of the dairy. Null empties it.
             * @example en
             * @enum {string|null}
             */
            language?: "en" | "hi" | null;
            /** @description Notification preferences. Those left out do not change. */
            notifications?: components["schemas"]["PreferencesRequest"];
            /**
             * @description New role. It ends the access tokens of the user; sessions continue with the new role.
             * @enum {string}
             */
            role?: "CUSTOMER" | "COURIER" | "ADMIN";
            /**
             * @description Whether the user is blocked. A blocked user cannot sign in or refresh a session, and their access tokens end.
             * @example false
             */
            blocked?: boolean;
        };
        UserAdminResponse: {
            /**
             * @description Id of the user.
             * @example U101
             */
            userId: string;
            /**
             * @description Full name, without web addresses, phone numbers and invisible characters.
             * @example Jimmy Joseph
             */
            name: string;
            /**
             * Format: email
             * @description E-mail address, lower-cased.
             * @example jimmy@example.com
             */
            email: string;
            /**
             * @description Whether the user has confirmed the e-mail address. Until then it only gets messages about the account and the orders of the user, and few of them.
             * @example true
             */
            emailVerified: boolean;
            /**
             * @description Phone number in E.164 form.
             * @example +919812345678
             */
            phone: string | null;
            /**
             * @description Default delivery address.
             * @example 12 Dairy Lane, Kochi
             */
            address: string | null;
            /**
             * @description Language of messages and documents. Default: that of the dairy.
             * @example en
             * @enum {string|null}
             */
            language: "en" | "hi" | null;
            /**
             * @description Role of the user, which decides what they may call.
             * @enum {string}
             */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
            /**
             * @description Whether a sign-in needs a code of a second factor.
             * @example false
             */
            mfa: boolean;
            /** @description Notification preferences. */
            notifications: components["schemas"]["PreferencesResponse"];
            /**
             * Format: date-time
             * @description Instant of the registration.
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /** @description Means of contact that the provider refuses for good. Nothing is sent to them until they are saved again or changed. Absent if there are none. */
            undeliverable?: components["schemas"]["RefusalResponse"][];
            /**
             * @description Version of the entity. Also sent as `ETag`.
             * @example 1
             */
            version: number;
            /**
             * @description Whether the user is blocked.
             * @example false
             */
            blocked: boolean;
        };
        UserResponse: {
            /**
             * @description Id of the user.
             * @example U101
             */
            userId: string;
            /**
             * @description Full name, without web addresses, phone numbers and invisible characters.
             * @example Jimmy Joseph
             */
            name: string;
            /**
             * Format: email
             * @description E-mail address, lower-cased.
             * @example jimmy@example.com
             */
            email: string;
            /**
             * @description Whether the user has confirmed the e-mail address. Until then it only gets messages about the account and the orders of the user, and few of them.
             * @example true
             */
            emailVerified: boolean;
            /**
             * @description Phone number in E.164 form.
             * @example +919812345678
             */
            phone: string | null;
            /**
             * @description Default delivery address.
             * @example 12 Dairy Lane, Kochi
             */
            address: string | null;
            /**
             * @description Language of messages and documents. Default: that of the dairy.
             * @example en
             * @enum {string|null}
             */
            language: "en" | "hi" | null;
            /**
             * @description Role of the user, which decides what they may call.
             * @enum {string}
             */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
            /**
             * @description Whether a sign-in needs a code of a second factor.
             * @example false
             */
            mfa: boolean;
            /** @description Notification preferences. */
            notifications: components["schemas"]["PreferencesResponse"];
            /**
             * Format: date-time
             * @description Instant of the registration.
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /** @description Means of contact that the provider refuses for good. Nothing is sent to them until they are saved again or changed. Absent if there are none. */
            undeliverable?: components["schemas"]["RefusalResponse"][];
            /**
             * @description Version of the entity. Also sent as `ETag`.
             * @example 1
             */
            version: number;
        };
        UserSessionResponse: {
            /**
             * @description Id of the session.
             * @example 01K9Z7Q4M2A6E8RW3N5T0B1C2D
             */
            sessionId: string;
            /**
             * Format: date-time
             * @description Instant of the sign-in.
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Instant of the sign-in or of the last refresh.
             * @example 2026-11-30T15:00:00Z
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description Instant at which the session ends unless it is used before.
             * @example 2026-11-30T15:00:00Z
             */
            expiresAt: string;
            /**
             * @description Beginning of the `User-Agent` header of the sign-in. Null if there was none.
             * @example Mozilla/5.0 (Linux; Android 15)
             */
            device: string | null;
            /** @description Whether the access token of this request belongs to the session. */
            current: boolean;
        };
        VerificationRequestedResponse: {
            /**
             * @description Confirmation, always the same text.
             * @example A mail to verify the e-mail address is on its way
             */
            message: string;
        };
        VerifyEmailRequest: {
            /**
             * @description Token from the welcome or verification mail. Valid for seven days.
             * @example VTAxSzla.1796000000.q8Xw…
             */
            token: string;
        };
        VerifySecondFactorRequest: {
            /**
             * @description Code of the authenticator app.
             * @example 492039
             */
            code?: string;
            /**
             * @description Recovery code, in any case, with or without hyphens. Each works once.
             * @example K7M4-Q2XD-9F3R-0VTB
             */
            recoveryCode?: string;
        };
        ViolationResponse: {
            /**
             * @description Kind of the violation.
             * @example BALANCE_WRONG
             * @enum {string}
             */
            kind: "BALANCE_WRONG" | "BALANCE_NEGATIVE" | "WALLET_MISSING" | "ENTRY_MISSING" | "ENTRY_UNEXPLAINED" | "ENTRY_WRONG" | "ORDER_UNPAID" | "ORDER_OUT_OF_STEP" | "AMOUNT_WRONG" | "PAID_TWICE" | "PAYMENT_ASTRAY" | "REFUND_MISSING" | "REFUND_UNKNOWN" | "REFUNDED_TWICE" | "DISPUTE_UNKNOWN" | "CHARGE_MISSING" | "CHARGE_WRONG" | "CHARGE_UNKNOWN" | "CASH_WRONG" | "ORDER_MISSING" | "INVOICE_NUMBERS_WRONG" | "INVOICE_WRONG" | "INVOICE_MISSING" | "INVOICED_TWICE" | "CREDIT_NOTE_WRONG" | "CREDIT_NOTE_MISSING" | "STOCK_SHARE_STRAY" | "STOCK_SHARE_WRONG";
            /**
             * @description Explanation, with amounts in major units.
             * @example the balance is 435, the entries add up to 435.01
             */
            detail: string;
            /**
             * @description Id of the customer.
             * @example U101
             */
            userId?: string;
            /**
             * @description Id of the ledger entry.
             * @example PAYMENT-PAY01K9Z
             */
            entryId?: string;
            /**
             * @description Id of the order.
             * @example O01K9Z
             */
            orderId?: string;
            /**
             * @description Id of the payment.
             * @example PAY01K9Z
             */
            paymentId?: string;
            /**
             * @description Id of the payment that the order refers to.
             * @example PAY01K9Y
             */
            otherPaymentId?: string;
            /**
             * @description Id of the product.
             * @example P101
             */
            productId?: string;
            /**
             * @description Number of the invoice or credit note, or the series of a number that is missing or used twice.
             * @example 2026-27/000123
             */
            invoiceNumber?: string;
        };
        WalletAdjustmentResponse: {
            /**
             * @description Id of the user who owns the wallet.
             * @example U101
             */
            userId: string;
            /**
             * @description Id of the ledger entry.
             * @example ADJUSTMENT-ADJ01K9Z
             */
            entryId: string;
            /**
             * @description Type of the movement.
             * @example ADJUSTMENT
             * @enum {string}
             */
            type: "ADJUSTMENT" | "CREDIT";
            /**
             * @description Amount, in major units. Positive for a credit, negative for a debit.
             * @example 500
             */
            amount: number;
            /**
             * @description Reason of the movement, in words.
             * @example Paid in cash to Ravi
             */
            reason: string;
            /**
             * @description Id of the adjustment.
             * @example ADJ01K9Z
             */
            sourceId: string;
            /**
             * Format: date-time
             * @description Instant of the movement.
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            /**
             * @description Id of the person who made the change. Only admins see it. Absent if the program made the change.
             * @example U101
             */
            by?: string;
        };
        WalletResponse: {
            /**
             * @description Prepaid balance, in major units.
             * @example 435
             */
            balance: number;
            /**
             * @description ISO 4217 code of the currency of all amounts.
             * @example INR
             */
            currency: string;
            /**
             * @description Balance below which the customer is warned, in major units. 0: no warning.
             * @example 100
             */
            lowBalanceThreshold: number;
            /**
             * @description Version of the settings. Also sent as `ETag`. Movements of money do not change it.
             * @example 1
             */
            version: number;
        };
        WalletSettingsRequest: {
            /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
            userId?: string;
            /**
             * @description Balance below which the customer is warned, in major units. 0: no warning. At most two decimals.
             * @example 100
             */
            lowBalanceThreshold: number;
        };
        WebhookResponse: {
            /**
             * @description Confirmation, always `true`.
             * @enum {boolean}
             */
            received: true;
        };
        WeekdayAverageResponse: {
            /**
             * @description Number of runs that are averaged, at most 4.
             * @example 4
             */
            runs: number;
            /** @description Mean number of subscriptions by outcome. Absent if `runs` is 0. */
            mean?: {
                [key: string]: number;
            };
        };
    };
    responses: {
        /** @description `request.invalid` */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDocument"] & {
                    /** @enum {string} */
                    code?: "request.invalid";
                };
            };
        };
        /** @description `auth.unauthenticated` */
        Unauthenticated: {
            headers: {
                /** @description Authentication scheme: `Bearer`. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDocument"] & {
                    /** @enum {string} */
                    code?: "auth.unauthenticated";
                };
            };
        };
        /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted` */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDocument"] & {
                    /** @enum {string} */
                    code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted";
                };
            };
        };
        /** @description `request.too_large` */
        RequestTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDocument"] & {
                    /** @enum {string} */
                    code?: "request.too_large";
                };
            };
        };
        /** @description `request.too_many` */
        TooManyRequests: {
            headers: {
                /** @description Time to wait before the next request, in seconds. */
                "Retry-After"?: string;
                /** @description Number of requests allowed in the window. */
                "RateLimit-Limit"?: string;
                /** @description Number of requests left in the window. */
                "RateLimit-Remaining"?: string;
                /** @description Time until the window resets, in seconds. */
                "RateLimit-Reset"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDocument"] & {
                    /** @enum {string} */
                    code?: "request.too_many";
                };
            };
        };
        /** @description `auth.issuer_unavailable`, `service.unavailable` */
        Unavailable: {
            headers: {
                /** @description Time to wait before the next request, in seconds. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDocument"] & {
                    /** @enum {string} */
                    code?: "auth.issuer_unavailable" | "service.unavailable";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Id of the person who acted. `@cli` for commands on the server. */
                actor?: string;
                /** @description Id of the user, order, product or other object that was changed. */
                subject?: string;
                /** @description First local date. Default: six days before `to`, or with `actor` or `subject`, all that is kept. */
                from?: string;
                /** @description Last local date, included. Default: today. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    runReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationResponse"];
                };
            };
            /** @description The result takes longer than ten seconds, or the server is busy. The work goes on as a background job. Repeat the request, which joins the job, or follow `Location`. A finished job and its result are kept for 5 minutes. */
            202: {
                headers: {
                    /** @description Path of the background job. */
                    Location?: string;
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    moveClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveClockRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `clock.backwards` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "clock.backwards";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDairySettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DairyResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDairySettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateDairyRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DairyResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDay: {
        parameters: {
            query?: {
                /** @description Local date of the delivery slots. Default: today. */
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DaySummaryResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDemand: {
        parameters: {
            query?: {
                /** @description First local date, not before today. Default: tomorrow, or today if `to` is today. */
                from?: string;
                /** @description Last local date, included. Default: 6 days after `from`. At most 31 days in all, and at most a year ahead. */
                to?: string;
                /** @description Format of the response. Default: `json`. */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per date and product, by date and name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyDemandResponse"][];
                    /**
                     * @example date,productId,name,units,available
                     *     2026-12-02,P101,Full cream milk,1250,true
                     */
                    "text/csv": string;
                };
            };
            /** @description The result takes longer than ten seconds, or the server is busy. The work goes on as a background job. Repeat the request, which joins the job, or follow `Location`. A finished job and its result are kept for 5 minutes. */
            202: {
                headers: {
                    /** @description Path of the background job. */
                    Location?: string;
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDisputes: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description State of the disputes. CLOSED: won, lost, or an inquiry that has ended. Default: both, open ones first. */
                state?: "OPEN" | "CLOSED";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputedPaymentResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listGenerations: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewGeneration: {
        parameters: {
            query: {
                /** @description Local date without a run, at most a year ahead. */
                date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewResponse"];
                };
            };
            /** @description The result takes longer than ten seconds, or the server is busy. The work goes on as a background job. Repeat the request, which joins the job, or follow `Location`. A finished job and its result are kept for 5 minutes. */
            202: {
                headers: {
                    /** @description Path of the background job. */
                    Location?: string;
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `generation.begun`, `generation.too_late` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "generation.begun" | "generation.too_late";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    startGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunGenerationRequest"];
            };
        };
        responses: {
            /** @description The run, in progress. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `generation.too_early`, `generation.too_late` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "generation.too_early" | "generation.too_late";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getGeneration: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Outcome of the subscriptions. Default: all. */
                outcome?: "ORDERED" | "PAUSED" | "SKIPPED" | "SHORT_BALANCE" | "OUT_OF_STOCK" | "PRODUCT_WITHDRAWN" | "MISSED" | "BLOCKED";
            };
            header?: never;
            path: {
                /** @description Local date of the deliveries. */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReportResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `generation.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "generation.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the background job. */
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `job.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "job.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description State of the messages. `dead`: given up after the last attempt. Default: `dead`. */
                state?: "dead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadNotificationResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryNotificationsResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSms: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Local date on which the provider accepted the SMS. Default: today. */
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmsResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setOrderStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetOrderStatusRequest"];
            };
        };
        responses: {
            /** @description The changed order or, for `orderIds`, a result for each order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"] | components["schemas"]["OrderStatusResultResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `order.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.not_found";
                    };
                };
            };
            /** @description `order.illegal_transition` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.illegal_transition";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminOrders: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Local date of the delivery slot. Default: today and the next 30 days. */
                date?: string;
                /** @description Status of the orders. Default: all. */
                status?: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
                /** @description Order number. Case and hyphen do not matter; O is read as 0, I and L as 1. Finds orders of any date, unless `date` is given too. */
                number?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOutbox: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description State of the rows. `parked`: given up after the last attempt. `waiting`: still to be delivered. Default: `parked`. */
                state?: "parked" | "waiting";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboxRowResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryParkedEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryOutboxRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryOutboxResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the product. */
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `product.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminProducts: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Category to list, without regard to case. */
                category?: string;
                /** @description Words that must all occur in name, category or description. */
                q?: string;
                /** @description Lowest price of one unit, in major units. At most two decimals. */
                minPrice?: number;
                /** @description Highest price of one unit, in major units. At most two decimals. */
                maxPrice?: number;
                /** @description Filter by stock: `true` for products in stock, `false` for products out of stock. */
                inStock?: boolean;
                /** @description Sort order. A minus sign reverses it. Default: `name`. */
                sort?: "name" | "-name" | "price" | "-price";
                /** @description Filter by sale: `true` for products on sale, `false` for withdrawn products. Default: both. */
                active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    waitUntilSettled: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            /** @description `auth.issuer_unavailable`, `service.not_settled`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.issuer_unavailable" | "service.not_settled" | "service.unavailable";
                    };
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Role of the users to return. Default: all roles. */
                role?: "CUSTOMER" | "COURIER" | "ADMIN";
                /** @description Exact e-mail address of the user to return. */
                email?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdminResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUserRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdminResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.step_up_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.step_up_required";
                    };
                };
            };
            /** @description `user.email_taken`, `user.id_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.email_taken" | "user.id_taken";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `auth.busy`, `auth.issuer_unavailable`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.busy" | "auth.issuer_unavailable" | "service.unavailable";
                    };
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdminResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdminResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.step_up_required`, `user.own_access` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.step_up_required" | "user.own_access";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `request.too_many`, `user.too_many_phone_changes` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.too_many" | "user.too_many_phone_changes";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    resetSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The second factor was removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.step_up_required`, `user.own_access` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.step_up_required" | "user.own_access";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `auth.mfa_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_not_set_up";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    adjustWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdjustWalletRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletAdjustmentResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.step_up_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.step_up_required";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `wallet.insufficient_balance` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "wallet.insufficient_balance";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Local date of the events. Default: today. */
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalyticsEventResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReport: {
        parameters: {
            query?: {
                /** @description First local date. Default: six days before `to`. */
                from?: string;
                /** @description Last local date, included. Default: today. At most 366 days in all. */
                to?: string;
                /** @description Format of the response. Default: `json`. */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row per local date, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyFiguresResponse"][];
                    /**
                     * @example date,orders,revenue,cancelled,refunded,delivered,failed,units,refunds,newCustomers,activeCustomers,subscriptionsStarted,subscriptionsPaused,subscriptionsEnded,onTime,late,failedReasons,topProducts,walletFloat
                     *     2025-10-14,120,9450.5,3,149.5,110,2,310,2,4,98,5,2,1,104,6,CUSTOMER_UNAVAILABLE: 2,Full cream milk: 180,48210
                     */
                    "text/csv": string;
                };
            };
            /** @description The result takes longer than ten seconds, or the server is busy. The work goes on as a background job. Repeat the request, which joins the job, or follow `Location`. A finished job and its result are kept for 5 minutes. */
            202: {
                headers: {
                    /** @description Path of the background job. */
                    Location?: string;
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createReportFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportFileRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportFileResponse"];
                };
            };
            /** @description The result takes longer than ten seconds, or the server is busy. The work goes on as a background job. Repeat the request, which joins the job, or follow `Location`. A finished job and its result are kept for 5 minutes. */
            202: {
                headers: {
                    /** @description Path of the background job. */
                    Location?: string;
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addToCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddToCartRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `product.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `cart.full`, `cart.quantity_too_large` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "cart.full" | "cart.quantity_too_large";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    clearCart: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `cart.changed` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "cart.changed";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setCartQuantity: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateCartRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `product.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `cart.changed`, `cart.full` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "cart.changed" | "cart.full";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCart: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDairy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicDairyResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    assignDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AssignDeliveryRequest"];
            };
        };
        responses: {
            /** @description For `orderIds`: a result for each order. */
            200: {
                headers: {
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentResultResponse"][];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"];
                };
            };
            /** @description `delivery.slot_not_ahead`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.slot_not_ahead" | "request.invalid";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `delivery.courier_not_found`, `order.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.courier_not_found" | "order.not_found";
                    };
                };
            };
            /** @description `delivery.illegal_transition`, `delivery.order_not_confirmed`, `idempotency.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.illegal_transition" | "delivery.order_not_confirmed" | "idempotency.in_progress";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Local date of the delivery slot. Default: today and later. */
                date?: string;
                /** @description Status of the deliveries. Default: all. */
                status?: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
                /** @description Id of the courier. Default for admins: all couriers. Couriers may send only their own id. */
                courierId?: string;
                /** @description With true, only open deliveries without a courier, or whose courier was blocked or is no longer a courier. Those without a courier come first, then courier by courier. Default: false. */
                needsCourier?: boolean;
                /** @description Id of the caller. Any other is refused, also for admins: `courierId` selects a courier. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getManifest: {
        parameters: {
            query?: {
                /** @description Local date of the delivery slots. Default: today. */
                date?: string;
                /** @description Id of the courier. Admins must send it. Couriers may send only their own id, which is the default. */
                courierId?: string;
                /** @description Format of the response. Default: `json`. */
                format?: "json" | "csv" | "pdf";
                /** @description Id of the caller. Any other is refused, also for admins: `courierId` selects a courier. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The manifest. In CSV, a row for each order, in UTF-8 with a byte order mark. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManifestResponse"];
                    /**
                     * @example manifest,date,courier,sequence,time,orderNumber,customer,phone,address,items,toCollect,status
                     *     2,2026-12-01,Ravi,1,06:30,K7M4-Q2XD,Asha Rao,'+919812345678,"12 Dairy Lane, Pune","2 × Full cream milk, 500 ml",65,ASSIGNED
                     */
                    "text/csv": string;
                    /** @example %PDF-1.3 … */
                    "application/pdf": string;
                };
            };
            /** @description `manifest.courier_missing`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "manifest.courier_missing" | "request.invalid";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `manifest.too_large` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "manifest.too_large";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateDeliveryRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"];
                };
            };
            /** @description `delivery.report_from_future`, `delivery.report_too_old`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.report_from_future" | "delivery.report_too_old" | "request.invalid";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner`, `delivery.own_order` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner" | "delivery.own_order";
                    };
                };
            };
            /** @description `delivery.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.not_found";
                    };
                };
            };
            /** @description `delivery.client_event_reused`, `delivery.illegal_transition`, `delivery.order_not_packed` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.client_event_reused" | "delivery.illegal_transition" | "delivery.order_not_packed";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDeliveries: {
        parameters: {
            query?: {
                /** @description Id of the caller. Any other is refused, also for admins: so a phone that several couriers use cannot send the reports of one as another. */
                userId?: string;
            };
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfflineReportRequest"][];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfflineReportResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `idempotency.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDelivery: {
        parameters: {
            query?: {
                /** @description Version that the client has. The response waits for a later one. */
                since?: number;
                /** @description Seconds to wait for a later version. Requires `since`. Default: 20. */
                wait?: number;
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path: {
                /** @description Id of the delivery. */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `delivery.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `delivery.too_many_polls`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.too_many_polls" | "request.too_many";
                    };
                };
            };
            /** @description `auth.issuer_unavailable`, `delivery.polls_busy`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.issuer_unavailable" | "delivery.polls_busy" | "service.unavailable";
                    };
                };
            };
        };
    };
    checkLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
        };
    };
    checkReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    askToUnsubscribe: {
        parameters: {
            query: {
                /** @description Token from the link in a mail, however old. */
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page, in the language of the recipient. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html>… */
                    "text/html": string;
                };
            };
            /** @description `notification.invalid_unsubscribe_token`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "notification.invalid_unsubscribe_token" | "request.invalid";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    unsubscribe: {
        parameters: {
            query: {
                /** @description Token from the link in a mail, however old. */
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page that confirms it, in the language of the recipient. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html>… */
                    "text/html": string;
                };
            };
            /** @description `notification.invalid_unsubscribe_token`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "notification.invalid_unsubscribe_token" | "request.invalid";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelOrderRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `order.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `order.illegal_transition` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "order.illegal_transition";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceOrderRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"];
                };
            };
            /** @description `order.address_missing`, `order.empty`, `order.quantity_out_of_range`, `order.slot_too_far`, `order.slot_too_soon`, `order.too_many_lines`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.address_missing" | "order.empty" | "order.quantity_out_of_range" | "order.slot_too_far" | "order.slot_too_soon" | "order.too_many_lines" | "request.invalid";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `product.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `cart.changed`, `idempotency.in_progress`, `order.insufficient_stock`, `order.price_changed`, `order.too_many_unpaid`, `order.total_mismatch` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "cart.changed" | "idempotency.in_progress" | "order.insufficient_stock" | "order.price_changed" | "order.too_many_unpaid" | "order.total_mismatch";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
                /** @description Status of the orders. Default: all. */
                status?: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
                /** @description First local date of the delivery slot. Default: no limit. */
                from?: string;
                /** @description Last local date of the delivery slot, included. Default: no limit. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    subscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscribeRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            /** @description `order.address_missing`, `request.invalid`, `subscription.never_due` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.address_missing" | "request.invalid" | "subscription.never_due";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner`, `user.blocked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner" | "user.blocked";
                    };
                };
            };
            /** @description `product.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `payment.cod_limit`, `subscription.cutoff_passed`, `subscription.too_many` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "payment.cod_limit" | "subscription.cutoff_passed" | "subscription.too_many";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    trackOrder: {
        parameters: {
            query: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
                /** @description Id of the order. */
                orderId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `order.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.not_found" | "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the order. */
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceResponse"];
                };
            };
            /** @description The invoice is being made. Repeat the request. */
            202: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingInvoiceResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `order.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `invoice.order_not_delivered` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "invoice.order_not_delivered";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    payOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentResponse"];
                };
            };
            /** @description `payment.token_required`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "payment.token_required" | "request.invalid";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `order.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "order.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `payment.already_paid`, `payment.amount_mismatch`, `payment.cod_limit`, `payment.in_progress`, `payment.order_not_payable`, `wallet.insufficient_balance` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "payment.already_paid" | "payment.amount_mismatch" | "payment.cod_limit" | "payment.in_progress" | "payment.order_not_payable" | "wallet.insufficient_balance";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            /** @description `payment.too_many_failures`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "payment.too_many_failures" | "request.too_many";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Signature of Stripe: `t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`, at most five minutes old. */
                "Stripe-Signature"?: string;
                /** @description Signature of the sandbox: `t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`, at most five minutes old. */
                "X-Milkround-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Event in the format of the gateway. */
        requestBody?: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `payment.webhook_refused` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "payment.webhook_refused";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the payment. */
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `payment.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "payment.not_found" | "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddProductRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `product.id_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.id_taken";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Category to list, without regard to case. */
                category?: string;
                /** @description Words that must all occur in name, category or description. */
                q?: string;
                /** @description Lowest price of one unit, in major units. At most two decimals. */
                minPrice?: number;
                /** @description Highest price of one unit, in major units. At most two decimals. */
                maxPrice?: number;
                /** @description Filter by stock: `true` for products in stock, `false` for products out of stock. */
                inStock?: boolean;
                /** @description Sort order. A minus sign reverses it. Default: `name`. */
                sort?: "name" | "-name" | "price" | "-price";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    updateProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProductRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description `product.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found";
                    };
                };
            };
            /** @description `product.stock_below_zero` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.stock_below_zero";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the product. */
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `product.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found";
                    };
                };
            };
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    cancelSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelSubscriptionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `subscription.ended` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "subscription.ended";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    overrideDate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverrideDateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `product.not_found`, `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found" | "subscription.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `payment.cod_limit`, `subscription.cutoff_passed`, `subscription.date_not_due`, `subscription.ended`, `subscription.too_many_exceptions` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "payment.cod_limit" | "subscription.cutoff_passed" | "subscription.date_not_due" | "subscription.ended" | "subscription.too_many_exceptions";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    pauseSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseSubscriptionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `subscription.cutoff_passed`, `subscription.ended`, `subscription.too_many_pauses` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "subscription.cutoff_passed" | "subscription.ended" | "subscription.too_many_pauses";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResumeSubscriptionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `subscription.ended`, `subscription.not_paused` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "subscription.ended" | "subscription.not_paused";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    skipDate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionDateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `subscription.cutoff_passed`, `subscription.date_not_due`, `subscription.ended`, `subscription.too_many_exceptions` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "subscription.cutoff_passed" | "subscription.date_not_due" | "subscription.ended" | "subscription.too_many_exceptions";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    unskipDate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionDateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress`, `subscription.cutoff_passed`, `subscription.ended`, `subscription.not_skipped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "subscription.cutoff_passed" | "subscription.ended" | "subscription.not_skipped";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateSubscriptionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `product.not_found`, `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "product.not_found" | "subscription.not_found" | "user.not_found";
                    };
                };
            };
            /** @description `payment.cod_limit`, `subscription.cutoff_passed`, `subscription.ended` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "payment.cod_limit" | "subscription.cutoff_passed" | "subscription.ended";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionDetailResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.not_found" | "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCalendar: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
                /** @description First local date. Default: today, or `to` if that is earlier. */
                from?: string;
                /** @description Last local date, included. Default: 30 days after `from`. At most 92 days in all. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Id of the subscription. */
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarDayResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `subscription.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.not_found" | "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: {
                /** @description With `cookie`, the refresh token is in a cookie instead of in bodies, for browsers: HttpOnly, SameSite=Strict, Secure except on localhost, and only sent to `POST /user/refresh` and `POST /user/logout`. */
                "X-Session"?: "cookie";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `auth.code_required`, `auth.invalid_code`, `auth.invalid_credentials` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.code_required" | "auth.invalid_code" | "auth.invalid_credentials";
                    };
                };
            };
            /** @description `auth.password_too_weak`, `user.blocked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.password_too_weak" | "user.blocked";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.too_many_attempts" | "request.too_many";
                    };
                };
            };
            /** @description `auth.busy`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.busy" | "service.unavailable";
                    };
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: {
                /** @description With `cookie`, the refresh token is in a cookie instead of in bodies, for browsers: HttpOnly, SameSite=Strict, Secure except on localhost, and only sent to `POST /user/refresh` and `POST /user/logout`. */
                "X-Session"?: "cookie";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshTokenRequest"];
            };
        };
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RemoveSecondFactorRequest"];
            };
        };
        responses: {
            /** @description The second factor was removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `auth.code_required`, `auth.invalid_code`, `auth.invalid_credentials`, `auth.unauthenticated` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.code_required" | "auth.invalid_code" | "auth.invalid_credentials" | "auth.unauthenticated";
                    };
                };
            };
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `auth.mfa_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_not_set_up";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.too_many_attempts" | "request.too_many";
                    };
                };
            };
            /** @description `auth.busy`, `auth.issuer_unavailable`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.busy" | "auth.issuer_unavailable" | "service.unavailable";
                    };
                };
            };
        };
    };
    confirmSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmSecondFactorRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `auth.invalid_code`, `auth.unauthenticated` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.invalid_code" | "auth.unauthenticated";
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            /** @description `auth.mfa_active`, `auth.mfa_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_active" | "auth.mfa_not_set_up";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.too_many_attempts" | "request.too_many";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    setUpSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetUpSecondFactorRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorSecretResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `auth.invalid_credentials`, `auth.unauthenticated` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.invalid_credentials" | "auth.unauthenticated";
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `auth.mfa_active` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_active";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.too_many_attempts" | "request.too_many";
                    };
                };
            };
            /** @description `auth.busy`, `auth.issuer_unavailable`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.busy" | "auth.issuer_unavailable" | "service.unavailable";
                    };
                };
            };
        };
    };
    verifySecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["VerifySecondFactorRequest"];
            };
        };
        responses: {
            /** @description The code was correct. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `auth.code_required`, `auth.invalid_code`, `auth.unauthenticated` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.code_required" | "auth.invalid_code" | "auth.unauthenticated";
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `auth.mfa_not_set_up` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_not_set_up";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.too_many_attempts" | "request.too_many";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordRequest"];
            };
        };
        responses: {
            /** @description The password was changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `auth.invalid_credentials`, `auth.unauthenticated` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.invalid_credentials" | "auth.unauthenticated";
                    };
                };
            };
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.too_many_attempts" | "request.too_many";
                    };
                };
            };
            /** @description `auth.busy`, `auth.issuer_unavailable`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.busy" | "auth.issuer_unavailable" | "service.unavailable";
                    };
                };
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgotPasswordRequest"];
            };
        };
        responses: {
            /** @description The request was accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgotPasswordResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordRequest"];
            };
        };
        responses: {
            /** @description The password was changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `auth.invalid_reset_token`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.invalid_reset_token" | "request.invalid";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `auth.busy`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.busy" | "service.unavailable";
                    };
                };
            };
        };
    };
    getProfile: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateProfileRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner`, `auth.step_up_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner" | "auth.step_up_required";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `request.too_many`, `user.too_many_phone_changes` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.too_many" | "user.too_many_phone_changes";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description With `cookie`, the refresh token is in a cookie instead of in bodies, for browsers: HttpOnly, SameSite=Strict, Secure except on localhost, and only sent to `POST /user/refresh` and `POST /user/logout`. */
                "X-Session"?: "cookie";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshTokenRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `auth.invalid_refresh_token` */
            401: {
                headers: {
                    /** @description Authentication scheme: `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.invalid_refresh_token";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    registerUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `user.email_taken`, `user.id_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.email_taken" | "user.id_taken";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `auth.busy`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.busy" | "service.unavailable";
                    };
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSessionResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    endSessions: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path: {
                /** @description Id of the session. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `session.not_found`, `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "session.not_found" | "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyEmailRequest"];
            };
        };
        responses: {
            /** @description The e-mail address is verified. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `auth.invalid_verification_token`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.invalid_verification_token" | "request.invalid";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "service.unavailable";
                    };
                };
            };
        };
    };
    requestEmailVerification: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationRequestedResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `user.email_already_verified` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.email_already_verified";
                    };
                };
            };
            /** @description `request.too_many`, `user.verification_requested` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.too_many" | "user.verification_requested";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    listLedgerEntries: {
        parameters: {
            query?: {
                /** @description Maximum number of items in the page. Default: 20. */
                limit?: number;
                /** @description Position in the list, from the `Link` header of the previous page. */
                cursor?: string;
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. It may be short; only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWalletSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WalletSettingsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `request.stale` */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "request.stale";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    topUpWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Key that makes a retry safe. A request is executed once per key, caller and operation; for 24 hours, the same request gets the stored response of the first success. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopUpRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` for the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentResponse"];
                };
            };
            /** @description `payment.token_required`, `request.invalid` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "payment.token_required" | "request.invalid";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            /** @description `idempotency.in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `idempotency.key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.key_reused";
                    };
                };
            };
            /** @description `payment.too_many_failures`, `request.too_many` */
            429: {
                headers: {
                    /** @description Time to wait before the next request, in seconds. */
                    "Retry-After"?: string;
                    /** @description Number of requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Number of requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Time until the window resets, in seconds. */
                    "RateLimit-Reset"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "payment.too_many_failures" | "request.too_many";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    getWallet: {
        parameters: {
            query?: {
                /** @description Id of the user that the request is for. Default: the caller. Only an admin may name another user. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.mfa_required`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.mfa_required" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            /** @description `user.not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.not_found";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
}
