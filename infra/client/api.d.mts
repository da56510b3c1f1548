/**
 * The types of the API, made of docs/openapi.json by `npm run client`: do not change them by hand.
 */
export interface paths {
    "/admin/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run the reconciliation
         * @description Compares wallets, ledger, orders, payments and the gateway, while the system is in use. A mismatch is checked again for some seconds before it is reported, so work in progress is no violation. Reads all tables. If it takes longer than ten seconds, it continues as a job.
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
         * @description Moves the clock of the business rules forward, never back, and runs the scheduler at once. Tokens, throttles and signatures keep real time. Does not exist in production.
         */
        put: operations["moveClock"];
        post?: never;
        /**
         * Reset the test clock
         * @description Returns the business clock to real time. Does not exist in production.
         */
        delete: operations["resetClock"];
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
         * @description Returns the units of every product that subscriptions will need on each date, without paused and skipped deliveries. By default the week from tomorrow; at most 31 days. If it takes longer than ten seconds, it continues as a job.
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
    "/admin/generation/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview the orders of a date
         * @description Runs the generation of a date without writing anything, with the subscriptions, prices, stock and balances of now. 409 once the date has its run. If it takes longer than ten seconds, it continues as a job.
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
         * @description Generates the orders of a date whose cutoff has passed, or continues an interrupted run. Dates are generated in order, so an earlier unfinished date goes first. What was already decided does not change. Answers 202 at once. Event: `generation.completed`.
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
         * @description Returns the status and counts of a run and, page by page, the outcome of every due subscription.
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
         * @description Returns the status and progress of a request that was answered with 202, and the result once the job is DONE. A job whose server stopped is restarted. After three such stops it is FAILED with `job.interrupted`. To start a FAILED job again, repeat the request. A job is kept for 5 minutes after it ends.
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
         * @description Marks confirmed orders as PACKED, or cancels them. With `orderIds`, each order is changed on its own and the response reports each result. `If-Match` is allowed for a single order only. Events: `order.packed`, `order.cancelled`.
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
         * List orders by delivery date
         * @description Returns the orders to deliver on `date`, or from today on. Within a date the order of the list is undefined.
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
         * @description Returns events that are parked after their last retry, or that wait for one.
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
         * @description Delivers parked events again to the subscribers that failed. `outboxIds` selects events; without it, all parked events are retried.
         */
        post: operations["retryParkedEvents"];
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
         * @description Answers 200 once outbox, queues, generation runs and sandbox webhooks are idle, or 503 after a second. Does not exist in production.
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
         * @description Returns users page by page. Filter by `role` or by exact `email`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Creates a customer, courier or admin and sends a mail with a link to choose a password. Event: `user.registered`.
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
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a user
         * @description Changes the profile or role of a user, or blocks and unblocks them. A blocked user cannot sign in, and their sessions end. Admins cannot block or demote themselves.
         */
        patch: operations["updateUser"];
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
         * @description Credits or debits a wallet by hand: cash received, a correction or a goodwill credit. Writes a ledger entry with the reason. A debit cannot exceed the balance.
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
         * @description Returns the analytics events of a date, oldest first.
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
         * @description Returns orders, revenue and deliveries per local date, oldest first, as JSON or CSV. At most 366 days.
         */
        get: operations["getReport"];
        put?: never;
        post?: never;
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
         * @description Adds units of a product to what is already in the cart. Stock is not reserved. Event: `cart.item_added`.
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
         * @description Removes all lines.
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
         * @description Sets the quantity of a product in the cart. 0 removes the line.
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
         * @description Assigns the delivery of a confirmed order to a courier; without `courierId` one is chosen. While the delivery is ASSIGNED, repeating the request changes its courier, slot or address. Event: `delivery.assigned`.
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
         * @description Returns deliveries by slot, earliest first. An admin sees all of them, a courier only their own.
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
         * @description Reports the progress of a delivery; the order follows in the same transaction. FAILED needs a `reason`, cancels the order, and refunds it unless the reason is the customer's. Reporting the same status again is harmless. Event: `delivery.updated`.
         */
        patch: operations["updateDelivery"];
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
         * @description Returns a delivery. Allowed for the customer of its order, its courier and admins.
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
         * @description Checks that the database answers. 503 during shutdown, or while the database does not answer.
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
         * @description Cancels an order that is not packed yet, returns its stock and refunds what was paid. After the cutoff, only an admin can cancel an order of a subscription. Event: `order.cancelled`.
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
         * @description Places an order for one delivery, with the lines in `cartItems` or, without them, with the cart, which is then emptied. Takes the stock at once; if one line is short, nothing is ordered. Pay within the payment window, or the order is cancelled and its stock returned. Event: `order.placed`.
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
         * @description Returns the caller's orders, latest delivery first. `from` and `to` are dates of the delivery slot, both included. Orders generated by a subscription carry its `subscriptionId`.
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
         * @description Creates a subscription: an order is generated for every due date on the evening before, at the prices of that evening. The first date is the first due date whose cutoff has not passed. Event: `subscription.created`.
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
         * @description Pays an order in full. A declined payment is a 201 with status FAILED, and can be tried again. COD confirms the order at once and is collected at the door. Events: `payment.succeeded` or `payment.failed`, then `order.confirmed`.
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
         * @description Called by the payment gateway. The body must be signed. The event only says which payment to look up at the gateway, so duplicates and any order of arrival are harmless.
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
         * @description Returns a payment for an order or a wallet top-up. Allowed for its customer and admins.
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
    "/product/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products on sale
         * @description Returns the products on sale. All filters combine. Served from a cache that is at most 5 seconds old.
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
         * @description Changes only the fields sent. `stock` sets the stock, `stockDelta` adds to it; send one of them. `active: false` withdraws the product, `true` puts it back on sale. Existing orders keep the price they were placed at. Event: `product.updated`.
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
         * @description Ends a subscription from the first date whose cutoff has not passed. Orders already generated are still delivered. Event: `subscription.cancelled`.
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
         * @description Returns the caller's subscriptions, newest first, including those that have ended.
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
         * @description Replaces the items of one date, which need not be due otherwise. At most 100 future dates can be skipped or overridden.
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
         * @description Stops deliveries from `from` to `to`, both included, or until it is resumed if `to` is missing. At most 50 pauses. Event: `subscription.paused`.
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
         * @description Ends the current pause. With `from`, withdraws the planned pause that starts on that date. Event: `subscription.resumed`.
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
         * @description Skips the delivery of one date. Event: `subscription.skipped`.
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
         * @description Restores the regular delivery of one date that was skipped or overridden.
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
         * @description Changes only the fields sent, from the first date whose cutoff has not passed. The response names that date in `effectiveFrom`. Event: `subscription.updated`.
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
         * @description Returns a subscription as of today. `runway` says how many deliveries the wallet balance covers at today's prices; it is present for active subscriptions paid by wallet.
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
         * @description Returns every date of a range of at most 92 days: what is or was delivered, at which price, or why nothing is. Future dates are at today's prices.
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
         * @description Returns an access token and a refresh token. Unknown e-mail and wrong password get the same response. After 10 failures within 15 minutes per account and client address, sign-in is refused for a while. Event: `user.logged_in`.
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
         * @description Revokes the refresh token and all tokens of the same sign-in. An access token already issued works until it expires. Signing out twice is harmless.
         */
        post: operations["logout"];
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
         * @description Needs the current password. Ends all sessions of the user, including this one.
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
         * @description Sends a mail with a reset link if the e-mail address has an account. The response is the same either way, so it does not tell whether the account exists.
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
         * @description Sets a new password with the token from the mail. A token works once. Ends all sessions of the user.
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
         * @description Changes only the fields sent. `notifications` chooses how messages are sent, `language` in which language. E-mail and password cannot be changed here.
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
         * @description Returns a new access token and the next refresh token. A refresh token works once. If it is used again, all tokens of that sign-in are revoked.
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
         * @description Creates an account with the role CUSTOMER and sends a welcome mail. One account per e-mail address; upper and lower case are the same. At most 60 requests a minute per client address. Event: `user.registered`.
         */
        post: operations["registerUser"];
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
         * @description Sets the balance below which the customer is warned. 0 turns the warning off.
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
         * @description Adds 1 to 100,000 to the wallet by card or UPI. A declined payment is a 201 with status FAILED, and can be tried again. Event: `wallet.topped_up`.
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
             * Format: uri
             * @example https://images.milkround.test/full-cream.jpg
             */
            imageUrl?: string;
            /**
             * @description Made for you when left out.
             * @example P101
             */
            productId?: string;
            /** @example Full cream milk */
            name: string;
            /**
             * @description At most two decimals.
             * @example 32.5
             */
            price: number;
            /** @example 120 */
            stock: number;
            /** @example Milk */
            category: string;
            /** @example 500 ml */
            unit?: string;
            /** @example From grass-fed cows, bottled at dawn. */
            description?: string;
            /**
             * @description Percent, included in the price. At most two decimals.
             * @example 5
             */
            taxRate?: number;
        };
        AddToCartRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example P101 */
            productId: string;
            /** @example 2 */
            qty: number;
        };
        AdjustWalletRequest: {
            /** @example U101 */
            userId: string;
            /**
             * @description Signed: what is to come in is positive. At most two decimals.
             * @example 500
             */
            amount: number;
            /** @example Paid in cash to Ravi */
            reason: string;
            /**
             * @description A CREDIT is a gift of the dairy, never negative.
             * @enum {string}
             */
            type?: "ADJUSTMENT" | "CREDIT";
        };
        /** @description An event with its ids and figures; which ones depends on its type. */
        AnalyticsEventResponse: {
            /** @example ORDER_PLACED */
            eventType: string;
            /**
             * Format: date-time
             * @example 2025-10-14T10:00:00Z
             */
            timestamp: string;
            /** @example 01K9Z7Q4M2 */
            eventId: string;
            requestId?: string;
            /** @example U101 */
            userId?: string;
            /** @example O101 */
            orderId?: string;
            /**
             * @description Money, like every figure of money here, in major units.
             * @example 49.5
             */
            amount?: number;
        };
        AssignDeliveryRequest: {
            /** @example O01K9Z */
            orderId: string;
            /**
             * Format: date-time
             * @description The order's when left out. In the future, at most 30 days ahead.
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot?: string;
            /** @example 12 Dairy Lane, Pune */
            address?: string;
            /**
             * @description Left out: the present one stays, else one is chosen.
             * @example U01K9Z
             */
            courierId?: string;
        };
        CalendarDayResponse: {
            /**
             * Format: date
             * @example 2026-12-01
             */
            date: string;
            /**
             * @description DUE: it is to come. ORDERED: it is ordered. Else why nothing comes.
             * @enum {string}
             */
            outcome: "DUE" | "ORDERED" | "PAUSED" | "SKIPPED" | "NOT_DUE" | "ENDED" | "SHORT_BALANCE" | "OUT_OF_STOCK" | "PRODUCT_WITHDRAWN" | "MISSED";
            /** @description What comes; of SHORT_BALANCE what would have come. */
            items: components["schemas"]["CalendarLineResponse"][];
            /**
             * @description At today's prices, until it is ordered; of SHORT_BALANCE what it would have cost.
             * @example 65
             */
            amount: number;
            /** @description Wanted, but it does not come. */
            missing?: components["schemas"]["MissingLineResponse"][];
            /** @example O01K9Z */
            orderId?: string;
        };
        CalendarLineResponse: {
            /** @example P101 */
            productId: string;
            /** @example 2 */
            qty: number;
            /** @example Full cream milk */
            name: string;
            /** @example 32.5 */
            price: number;
            /** @example 65 */
            lineTotal: number;
            /** @example 500 ml */
            unit?: string;
        };
        CancelOrderRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example O01K9Z */
            orderId: string;
            /** @example We are away that day */
            reason?: string;
        };
        CancelSubscriptionRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
        };
        CartLineResponse: {
            /** @example P101 */
            productId: string;
            /** @example 2 */
            qty: number;
            /** @example Full cream milk */
            name: string;
            /** @example 32.5 */
            price: number;
            /** @example 65 */
            lineTotal: number;
            /**
             * @description false: no longer sold; it stays to be seen, and counts for nothing.
             * @example true
             */
            available: boolean;
        };
        CartResponse: {
            /** @example C01K9Z */
            cartId: string;
            items: components["schemas"]["CartLineResponse"][];
            /** @example 65 */
            totalAmount: number;
            /**
             * @description Also the ETag.
             * @example 1
             */
            version: number;
        };
        ChangePasswordRequest: {
            /** @example test123 */
            currentPassword: string;
            /** @example test123 */
            newPassword: string;
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
        };
        CheckedCountsResponse: {
            /** @example 120 */
            wallets: number;
            /** @example 4310 */
            entries: number;
            /** @example 6200 */
            payments: number;
            /** @example 6350 */
            orders: number;
            /**
             * @description Those of which the gateway has taken money.
             * @example 2100
             */
            charges: number;
        };
        ClockResponse: {
            /**
             * Format: date-time
             * @example 2026-12-01T01:30:00Z
             */
            now: string;
            /**
             * @description Seconds that business time runs ahead of real time.
             * @example 86400
             */
            ahead: number;
        };
        CreateUserRequest: {
            /** @description Made when left out. */
            userId?: string;
            /** @example Jimmy Joseph */
            name: string;
            /**
             * Format: email
             * @example jimmy@example.com
             */
            email: string;
            /**
             * @example COURIER
             * @enum {string}
             */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
            /**
             * @description Without one the user is mailed a link to choose it.
             * @example test123
             */
            password?: string;
            /**
             * @description E.164.
             * @example +919812345678
             */
            phone?: string;
            /** @example 12 Dairy Lane, Kochi */
            address?: string;
        };
        DailyDemandResponse: {
            /** @example P101 */
            productId: string;
            /** @example Full cream milk */
            name: string;
            /** @example 1250 */
            units: number;
            /**
             * Format: date
             * @example 2026-12-02
             */
            date: string;
            /**
             * @description False: it is withdrawn, and will not be ordered.
             * @example true
             */
            available: boolean;
        };
        DailyFiguresResponse: {
            /**
             * Format: date
             * @example 2025-10-14
             */
            date: string;
            /**
             * @description Orders placed that day.
             * @example 120
             */
            orders: number;
            /**
             * @description Money that came in, minus what was refunded.
             * @example 9450.5
             */
            revenue: number;
            /**
             * @description Orders cancelled.
             * @example 3
             */
            cancelled: number;
            /**
             * @description Money refunded.
             * @example 149.5
             */
            refunded: number;
            /**
             * @description Deliveries made.
             * @example 110
             */
            delivered: number;
            /**
             * @description Deliveries failed; those of cancelled orders do not count.
             * @example 2
             */
            failed: number;
        };
        DateOverrideResponse: {
            /**
             * Format: date
             * @example 2026-12-01
             */
            date: string;
            /** @description Skipped: nothing comes. Else what comes instead of the usual. */
            skipped: boolean;
            items: components["schemas"]["SubscriptionLineResponse"][];
        };
        DeliveryResponse: {
            /** @example D01K9Z */
            deliveryId: string;
            /** @example O01K9Z */
            orderId: string;
            /** @example U101 */
            userId: string;
            /** @enum {string} */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * @description Absent while nobody is at work.
             * @example U01K9Z
             */
            courierId?: string;
            /**
             * Format: date-time
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot: string;
            /** @example 12 Dairy Lane, Pune */
            address: string;
            history: components["schemas"]["DeliveryStatusChangeResponse"][];
            /**
             * @description Why it failed.
             * @enum {string}
             */
            reason?: "CUSTOMER_UNAVAILABLE" | "ADDRESS_NOT_FOUND" | "REFUSED" | "DAMAGED" | "SPOILED" | "VEHICLE" | "OTHER" | "ORDER_CANCELLED";
            /**
             * @description Also the ETag.
             * @example 1
             */
            version: number;
        };
        DeliveryStatusChangeResponse: {
            /** @enum {string} */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            /** @enum {string} */
            reason?: "CUSTOMER_UNAVAILABLE" | "ADDRESS_NOT_FOUND" | "REFUSED" | "DAMAGED" | "SPOILED" | "VEHICLE" | "OTHER" | "ORDER_CANCELLED";
            note?: string;
        };
        FailedSubscriberResponse: {
            /** @example AnalyticsSubscribers.publish */
            subscriber: string;
            /** @example The queue does not answer */
            error: string;
        };
        ForgotPasswordRequest: {
            /**
             * Format: email
             * @example jimmy@example.com
             */
            email: string;
        };
        ForgotPasswordResponse: {
            /** @example If this e-mail has an account, a way to choose a new password is on its way */
            message: string;
        };
        HealthResponse: {
            /** @enum {string} */
            status: "ok";
        };
        InvalidField: {
            /** @example qty */
            field: string;
            /** @example qty must be a whole number */
            message: string;
        };
        JobResponse: {
            /** @example J7F83B1657FF1FC53B92DC18148A1D65D */
            jobId: string;
            /**
             * @example DONE
             * @enum {string}
             */
            status: "RUNNING" | "DONE" | "FAILED";
            progress: components["schemas"]["ProgressResponse"];
            /** @description Result of a DONE job: the body of the 200 response to the request that started it. */
            result?: {
                [key: string]: unknown;
            } | unknown[];
            /** @description Reason of a FAILED job: the problem that the request would have got. */
            error?: components["schemas"]["ProblemDocument"];
        };
        LedgerEntryResponse: {
            /** @example PAYMENT-PAY01K9Z */
            entryId: string;
            /**
             * @example PAYMENT
             * @enum {string}
             */
            type: "TOP_UP" | "PAYMENT" | "REFUND" | "CREDIT" | "ADJUSTMENT";
            /**
             * @description Signed: what came in is positive.
             * @example -65
             */
            amount: number;
            /** @example Order O01K9Z */
            reason: string;
            /**
             * @description What caused it, such as a payment.
             * @example PAY01K9Z
             */
            sourceId: string;
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
        };
        LoginRequest: {
            /**
             * Format: email
             * @example jimmy@example.com
             */
            email: string;
            /**
             * @description Any length: a short one is wrong like any other.
             * @example test123
             */
            password: string;
        };
        MissingLineResponse: {
            /** @example P101 */
            productId: string;
            /** @example 2 */
            qty: number;
        };
        MoveClockRequest: {
            /**
             * Format: date-time
             * @description Not before the present business time.
             * @example 2026-12-01T01:30:00Z
             */
            now: string;
        };
        OrderDeliveryResponse: {
            /** @example D01K9Z */
            deliveryId: string;
            /** @example ASSIGNED */
            status: string;
            /** @example U01K9Z */
            courierId?: string;
        };
        OrderItemResponse: {
            /** @example P101 */
            productId: string;
            /** @example Full cream milk */
            name: string;
            /** @example 2 */
            qty: number;
            /** @example 32.5 */
            price: number;
            /** @example 65 */
            lineTotal: number;
            /** @example 500 ml */
            unit?: string;
        };
        OrderLineRequest: {
            /** @example P101 */
            productId: string;
            /** @example 2 */
            qty: number;
        };
        OrderPaymentResponse: {
            /** @example PAY01K9Z */
            paymentId: string;
            /** @example CARD */
            method: string;
            /** @example SUCCESS */
            status: string;
        };
        OrderResponse: {
            /** @example O01K9Z */
            orderId: string;
            /** @example U101 */
            userId: string;
            /** @enum {string} */
            status: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
            /** @example 65 */
            amount: number;
            items: components["schemas"]["OrderItemResponse"][];
            /**
             * Format: date-time
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot: string;
            /** @example 12 Dairy Lane, Pune */
            address: string;
            history: components["schemas"]["StatusChangeResponse"][];
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it must be paid, while it is not.
             */
            payBy?: string;
            payment?: components["schemas"]["OrderPaymentResponse"];
            delivery?: components["schemas"]["OrderDeliveryResponse"];
            /**
             * @description The subscription that has made it.
             * @example S07F2C41D90AA01K9Z
             */
            subscriptionId?: string;
            /** @description What the subscription wanted and could not have. */
            missing?: components["schemas"]["MissingLineResponse"][];
            /**
             * @description Also the ETag.
             * @example 1
             */
            version: number;
        };
        OrderStatusResultResponse: {
            /** @example O01K9Z */
            orderId: string;
            /** @enum {string} */
            status?: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
            /** @example order.illegal_transition */
            code?: string;
            detail?: string;
        };
        OutboxEventResponse: {
            /** @example 01K9Z7Q4M2 */
            eventId: string;
            /** @example order.placed */
            type: string;
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            occurredAt: string;
        };
        OutboxRowResponse: {
            /** @example 01K9Z7Q4M2 */
            outboxId: string;
            events: components["schemas"]["OutboxEventResponse"][];
            /** @description Who did not take them at the last attempt. */
            failed: components["schemas"]["FailedSubscriberResponse"][];
            /** @example 12 */
            attempts: number;
            /**
             * Format: date-time
             * @description Absent when parked: then it waits for you.
             */
            nextAttemptAt?: string;
        };
        OverrideDateRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /**
             * Format: date
             * @example 2026-12-24
             */
            date: string;
            /** @description All that comes on that date. Equal products are summed; at most 50 lines. */
            items: components["schemas"]["SubscriptionLineRequest"][];
        };
        PauseResponse: {
            /**
             * Format: date
             * @example 2026-12-01
             */
            from: string;
            /**
             * Format: date
             * @description Included; absent while it has no end.
             * @example 2026-12-01
             */
            to?: string;
        };
        PauseSubscriptionRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /**
             * Format: date
             * @description The first date on which nothing comes.
             * @example 2026-12-20
             */
            from: string;
            /**
             * Format: date
             * @description The last one; without it until you resume.
             * @example 2027-01-03
             */
            to?: string;
        };
        PayRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example O01K9Z */
            orderId: string;
            /**
             * @description Exactly what the order comes to. At most two decimals.
             * @example 65
             */
            amount: number;
            /**
             * @example CARD
             * @enum {string}
             */
            paymentMethod: "CARD" | "UPI" | "WALLET" | "COD";
            /**
             * @description From the gateway’s form. The sandbox knows tok_ok (also when none is given), tok_declined, tok_pending_then_ok, tok_pending_then_fail, tok_timeout_but_charged, tok_timeout_not_charged, tok_slow. Stripe wants the id of a PaymentMethod (`pm_…`).
             * @example tok_ok
             */
            paymentToken?: string;
        };
        PaymentResponse: {
            /** @example PAY01K9Z */
            paymentId: string;
            /** @enum {string} */
            purpose: "ORDER" | "TOP_UP";
            /**
             * @description Absent when a wallet is topped up.
             * @example O01K9Z
             */
            orderId?: string;
            /** @example 65 */
            amount: number;
            /** @enum {string} */
            method: "CARD" | "UPI" | "WALLET" | "COD";
            /** @enum {string} */
            status: "PENDING" | "SUCCESS" | "FAILED" | "REFUNDED";
            /**
             * @description Why it failed.
             * @example DECLINED
             */
            reason?: string;
            /** @description Stripe, while PENDING: for `stripe.handleNextAction`, when the bank wants to hear from its customer. */
            clientSecret?: string;
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Also the ETag.
             * @example 2
             */
            version: number;
        };
        PendingResponse: {
            /** @example J7F83B1657FF1FC53B92DC18148A1D65D */
            jobId: string;
            /**
             * @example RUNNING
             * @enum {string}
             */
            status: "RUNNING" | "DONE" | "FAILED";
            progress: components["schemas"]["ProgressResponse"];
            /** @example This takes longer. Repeat the request in 5 seconds, or get /admin/job/J7F83B1657FF1FC53B92DC18148A1D65D. */
            message: string;
        };
        PlaceOrderRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @description Without it the cart is ordered, and emptied. Equal products are summed; at most 50 lines. */
            cartItems?: components["schemas"]["OrderLineRequest"][];
            /**
             * @description Checked against ours when given. At most two decimals.
             * @example 65
             */
            totalAmount?: number;
            /**
             * Format: date-time
             * @description At least LEAD_MINUTES and at most 30 days ahead.
             * @example 2026-12-01T01:30:00Z
             */
            deliverySlot: string;
            /** @example 12 Dairy Lane, Pune */
            address?: string;
        };
        PreferencesRequest: {
            /**
             * @description Wants e-mail about orders, deliveries and the wallet.
             * @example true
             */
            email?: boolean;
            /**
             * @description Wants SMS about deliveries and a low balance.
             * @example false
             */
            sms?: boolean;
        };
        PreferencesResponse: {
            email: boolean;
            sms: boolean;
        };
        PreviewResponse: {
            /**
             * Format: date
             * @example 2026-12-02
             */
            date: string;
            /**
             * Format: date-time
             * @description Subscriptions, prices, stock and balances are those of this moment.
             * @example 2026-12-01T09:00:00Z
             */
            asOf: string;
            /** @description How many subscriptions would have which outcome. */
            counts: {
                [key: string]: number;
            };
            /**
             * @description Subscriptions that cannot be decided.
             * @example 0
             */
            faults: number;
            /** @description What would be ordered of every product, by name. */
            units: components["schemas"]["ProductUnitsResponse"][];
            /** @description The last completed runs of the same weekday. */
            usual: components["schemas"]["WeekdayAverageResponse"];
            /** @description The counts less that mean; absent without runs. */
            difference?: {
                [key: string]: number;
            };
        };
        ProblemDocument: {
            /** @example urn:milkround:problem:order.insufficient_stock */
            type: string;
            /** @example Conflict */
            title: string;
            /** @example 409 */
            status: number;
            /**
             * @description What is wrong and what to do.
             * @example There is not enough of: P101
             */
            detail: string;
            /**
             * @description Stable error code, for programs.
             * @example order.insufficient_stock
             */
            code: string;
            /**
             * @description The id of the request. Quote it when you ask for help.
             * @example 01K9Z7Q4M2
             */
            requestId: string;
            /** @description Every invalid field, for `request.invalid`. */
            errors?: components["schemas"]["InvalidField"][];
        };
        ProductResponse: {
            /** @example P101 */
            productId: string;
            /** @example Full cream milk */
            name: string;
            /** @example 32.5 */
            price: number;
            /** @example 120 */
            stock: number;
            /** @example Milk */
            category: string;
            /** @example 500 ml */
            unit?: string;
            /** @example From grass-fed cows, bottled at dawn. */
            description?: string;
            /**
             * Format: uri
             * @example https://images.milkround.test/full-cream.jpg
             */
            imageUrl?: string;
            /** @example 5 */
            taxRate?: number;
            /** @example true */
            active: boolean;
            /**
             * @description Also the ETag. Stock does not count.
             * @example 1
             */
            version: number;
        };
        ProductUnitsResponse: {
            /** @example P101 */
            productId: string;
            /** @example Full cream milk */
            name: string;
            /** @example 1250 */
            units: number;
        };
        ProgressResponse: {
            /**
             * @description Finished steps.
             * @example 3
             */
            done: number;
            /**
             * @description All steps; 0 until the job has counted them.
             * @example 8
             */
            total: number;
        };
        ReconciliationResponse: {
            /** @example true */
            balanced: boolean;
            /** @description At most about a thousand. */
            violations: components["schemas"]["ViolationResponse"][];
            checked: components["schemas"]["CheckedCountsResponse"];
        };
        RefreshTokenRequest: {
            /**
             * @description The last refreshToken you were given.
             * @example 01K9Z7Q4M2.V0Sn…
             */
            refreshToken: string;
        };
        RegisterRequest: {
            /**
             * @description Made when left out.
             * @example U101
             */
            userId?: string;
            /** @example Jimmy Joseph */
            name: string;
            /**
             * Format: email
             * @example jimmy@example.com
             */
            email: string;
            /** @example test123 */
            password: string;
            /**
             * @description E.164.
             * @example +919812345678
             */
            phone?: string;
            /** @example 12 Dairy Lane, Kochi */
            address?: string;
        };
        RegisteredResponse: {
            /** @example User registered successfully */
            message: string;
            /** @example U101 */
            userId: string;
        };
        ResetPasswordRequest: {
            /**
             * @description From the mail; good once, for an hour.
             * @example 01K9Z7Q4M2.q8Xw…
             */
            token: string;
            /** @example test123 */
            newPassword: string;
        };
        ResumeSubscriptionRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /**
             * Format: date
             * @description Withdraws the planned pause that begins on this date; without it the running one ends.
             * @example 2026-12-20
             */
            from?: string;
        };
        RetryOutboxRequest: {
            /** @description Which; without it all that are parked. */
            outboxIds?: string[];
        };
        RetryOutboxResponse: {
            /**
             * @description How many are on their way again.
             * @example 3
             */
            retried: number;
        };
        RunGenerationRequest: {
            /**
             * Format: date
             * @description A date whose cutoff has passed.
             * @example 2026-12-02
             */
            date: string;
        };
        RunReportResponse: {
            /**
             * Format: date
             * @example 2026-12-02
             */
            date: string;
            /**
             * @description FAILED: it went through, but some subscriptions could not be decided; see their `fault`.
             * @enum {string}
             */
            status: "RUNNING" | "COMPLETED" | "FAILED";
            /** @description How many subscriptions have which outcome, as far as it has got. */
            counts: {
                [key: string]: number;
            };
            /**
             * Format: date-time
             * @example 2026-12-01T15:32:00Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description Absent while it is running.
             * @example 2026-12-01T15:32:00Z
             */
            completedAt?: string;
            /** @description A page of all subscriptions; it may be short. Only a missing Link ends the list. */
            outcomes: components["schemas"]["SubscriptionOutcomeResponse"][];
        };
        RunResponse: {
            /**
             * Format: date
             * @example 2026-12-02
             */
            date: string;
            /**
             * @description FAILED: it went through, but some subscriptions could not be decided; see their `fault`.
             * @enum {string}
             */
            status: "RUNNING" | "COMPLETED" | "FAILED";
            /** @description How many subscriptions have which outcome, as far as it has got. */
            counts: {
                [key: string]: number;
            };
            /**
             * Format: date-time
             * @example 2026-12-01T15:32:00Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description Absent while it is running.
             * @example 2026-12-01T15:32:00Z
             */
            completedAt?: string;
        };
        RunwayResponse: {
            /**
             * @description How many more deliveries the wallet pays, of all subscriptions it pays for.
             * @example 3
             */
            deliveries: number;
            /**
             * Format: date
             * @description The date of the last of them; absent when there is none.
             * @example 2026-12-01
             */
            until?: string;
            /**
             * Format: date
             * @description The date of the first it does not pay; absent when it pays for all of the next 92 days.
             * @example 2026-12-02
             */
            shortOn?: string;
        };
        SessionResponse: {
            /**
             * @description Send it as Authorization: Bearer <accessToken>.
             * @example eyJhbGciOi…
             */
            accessToken: string;
            /** @example Bearer */
            tokenType: string;
            /**
             * @description Seconds until the access token ends.
             * @example 900
             */
            expiresIn: number;
            /**
             * @description Good once, for thirty days, at POST /user/refresh.
             * @example 01K9Z7Q4M2.V0Sn…
             */
            refreshToken: string;
            /** @example U101 */
            userId: string;
            /** @enum {string} */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
        };
        SetOrderStatusRequest: {
            /**
             * @description One order; or send orderIds.
             * @example O01K9Z
             */
            orderId?: string;
            /** @description Many orders, each for itself; or send orderId. */
            orderIds?: string[];
            /**
             * @description PACKED or CANCELLED; the rest is not set by hand.
             * @example PACKED
             * @enum {string}
             */
            status: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
        };
        SettledResponse: {
            /** @enum {boolean} */
            settled: true;
        };
        StatusChangeResponse: {
            /** @enum {string} */
            status: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            reason?: string;
        };
        SubscribeRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @description Equal products are summed; at most 50 lines. */
            items: components["schemas"]["SubscriptionLineRequest"][];
            /** @description DAILY; ALTERNATE_DAYS; every so many days; or on weekdays, with a factor on the quantities of all items. Days are counted from startDate; after a change of the pattern, from the date on which it takes effect. */
            frequency: ("DAILY" | "ALTERNATE_DAYS") | {
                everyNDays: number;
            } | {
                weekdays: {
                    MON?: number;
                    TUE?: number;
                    WED?: number;
                    THU?: number;
                    FRI?: number;
                    SAT?: number;
                    SUN?: number;
                };
            };
            /**
             * Format: date
             * @description From the first date on whose cutoff has not passed.
             * @example 2026-12-01
             */
            startDate: string;
            /**
             * Format: date
             * @description The last date, included.
             * @example 2027-02-28
             */
            endDate?: string;
            /**
             * @description Local time of the delivery.
             * @example 06:30
             */
            deliverySlot: string;
            /**
             * @description Without it your profile's.
             * @example 12 Dairy Lane, Pune
             */
            address?: string;
            /**
             * @description WALLET is debited the evening before; COD is paid at the door.
             * @example WALLET
             * @enum {string}
             */
            paymentMethod: "WALLET" | "COD";
        };
        SubscriptionDateRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /**
             * Format: date
             * @example 2026-12-24
             */
            date: string;
        };
        SubscriptionDetailResponse: {
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /** @example U101 */
            userId: string;
            /**
             * @description PAUSED from when a pause reaches the first date that can still be changed, until its last day is over.
             * @enum {string}
             */
            status: "ACTIVE" | "PAUSED" | "ENDED" | "CANCELLED";
            /**
             * Format: date
             * @description The next one whose cutoff has not passed; absent when none is to come.
             * @example 2026-12-01
             */
            nextDeliveryDate?: string;
            /**
             * Format: date
             * @description The first date for which items, pattern, slot, address and payment hold.
             * @example 2026-12-01
             */
            effectiveFrom: string;
            items: components["schemas"]["SubscriptionLineResponse"][];
            /** @description DAILY; ALTERNATE_DAYS; every so many days; or on weekdays, with a factor on the quantities of all items. Days are counted from startDate; after a change of the pattern, from the date on which it takes effect. */
            frequency: ("DAILY" | "ALTERNATE_DAYS") | {
                everyNDays: number;
            } | {
                weekdays: {
                    MON?: number;
                    TUE?: number;
                    WED?: number;
                    THU?: number;
                    FRI?: number;
                    SAT?: number;
                    SUN?: number;
                };
            };
            /** @example 06:30 */
            deliverySlot: string;
            /** @example 12 Dairy Lane, Pune */
            address: string;
            /** @enum {string} */
            paymentMethod: "WALLET" | "COD";
            /**
             * Format: date
             * @example 2026-12-01
             */
            startDate: string;
            /**
             * Format: date
             * @description The last date, included.
             * @example 2026-12-01
             */
            endDate?: string;
            /**
             * Format: date
             * @description Once it is cancelled: the first date on which nothing comes.
             * @example 2026-12-01
             */
            cancelledFrom?: string;
            pauses: components["schemas"]["PauseResponse"][];
            exceptions: components["schemas"]["DateOverrideResponse"][];
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Also the ETag; generation leaves it.
             * @example 1
             */
            version: number;
            /** @description How long the wallet lasts, at today's prices, with all that the person's subscriptions take from it in the order of the calendar. Only where the wallet pays, and something may still come. */
            runway?: components["schemas"]["RunwayResponse"];
        };
        SubscriptionLineRequest: {
            /** @example P101 */
            productId: string;
            /** @example 2 */
            qty: number;
        };
        SubscriptionLineResponse: {
            /** @example P101 */
            productId: string;
            /** @example 2 */
            qty: number;
        };
        SubscriptionOutcomeResponse: {
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /** @example U101 */
            userId: string;
            /**
             * @description DUE: not decided yet.
             * @enum {string}
             */
            outcome: "DUE" | "ORDERED" | "PAUSED" | "SKIPPED" | "NOT_DUE" | "ENDED" | "SHORT_BALANCE" | "OUT_OF_STOCK" | "PRODUCT_WITHDRAWN" | "MISSED";
            /**
             * @description What was ordered, or could not be paid; else 0.
             * @example 65
             */
            amount: number;
            /** @example O01K9Z */
            orderId?: string;
            /** @description Wanted, but it does not come. */
            missing?: components["schemas"]["MissingLineResponse"][];
            /** @description What kept it from being decided: mend that, and run the date again. */
            fault?: string;
        };
        SubscriptionResponse: {
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /** @example U101 */
            userId: string;
            /**
             * @description PAUSED from when a pause reaches the first date that can still be changed, until its last day is over.
             * @enum {string}
             */
            status: "ACTIVE" | "PAUSED" | "ENDED" | "CANCELLED";
            /**
             * Format: date
             * @description The next one whose cutoff has not passed; absent when none is to come.
             * @example 2026-12-01
             */
            nextDeliveryDate?: string;
            /**
             * Format: date
             * @description The first date for which items, pattern, slot, address and payment hold.
             * @example 2026-12-01
             */
            effectiveFrom: string;
            items: components["schemas"]["SubscriptionLineResponse"][];
            /** @description DAILY; ALTERNATE_DAYS; every so many days; or on weekdays, with a factor on the quantities of all items. Days are counted from startDate; after a change of the pattern, from the date on which it takes effect. */
            frequency: ("DAILY" | "ALTERNATE_DAYS") | {
                everyNDays: number;
            } | {
                weekdays: {
                    MON?: number;
                    TUE?: number;
                    WED?: number;
                    THU?: number;
                    FRI?: number;
                    SAT?: number;
                    SUN?: number;
                };
            };
            /** @example 06:30 */
            deliverySlot: string;
            /** @example 12 Dairy Lane, Pune */
            address: string;
            /** @enum {string} */
            paymentMethod: "WALLET" | "COD";
            /**
             * Format: date
             * @example 2026-12-01
             */
            startDate: string;
            /**
             * Format: date
             * @description The last date, included.
             * @example 2026-12-01
             */
            endDate?: string;
            /**
             * Format: date
             * @description Once it is cancelled: the first date on which nothing comes.
             * @example 2026-12-01
             */
            cancelledFrom?: string;
            pauses: components["schemas"]["PauseResponse"][];
            exceptions: components["schemas"]["DateOverrideResponse"][];
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Also the ETag; generation leaves it.
             * @example 1
             */
            version: number;
        };
        TopUpRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /**
             * @description At most two decimals.
             * @example 500
             */
            amount: number;
            /**
             * @example UPI
             * @enum {string}
             */
            paymentMethod: "CARD" | "UPI";
            /**
             * @description From the gateway’s form. The sandbox knows tok_ok (also when none is given), tok_declined, tok_pending_then_ok, tok_pending_then_fail, tok_timeout_but_charged, tok_timeout_not_charged, tok_slow. Stripe wants the id of a PaymentMethod (`pm_…`).
             * @example tok_ok
             */
            paymentToken?: string;
        };
        UpdateCartRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example P101 */
            productId: string;
            /**
             * @description 0 removes the line.
             * @example 3
             */
            qty: number;
        };
        UpdateDeliveryRequest: {
            /** @example D01K9Z */
            deliveryId: string;
            /**
             * @example PICKED_UP
             * @enum {string}
             */
            status: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
            /**
             * @description With FAILED, and only then.
             * @enum {string}
             */
            reason?: "CUSTOMER_UNAVAILABLE" | "ADDRESS_NOT_FOUND" | "REFUSED" | "DAMAGED" | "SPOILED" | "VEHICLE" | "OTHER";
            /** @example Left with the neighbour */
            note?: string;
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
        };
        UpdateProductRequest: {
            /**
             * Format: uri
             * @example https://images.milkround.test/full-cream.jpg
             */
            imageUrl?: string;
            /** @example P101 */
            productId: string;
            /** @example Full cream milk */
            name?: string;
            /**
             * @description At most two decimals.
             * @example 32.5
             */
            price?: number;
            /**
             * @description Sets the stock.
             * @example 120
             */
            stock?: number;
            /** @description Added to the stock; not with stock. */
            stockDelta?: number;
            /** @example Milk */
            category?: string;
            /** @example 500 ml */
            unit?: string;
            /** @example From grass-fed cows, bottled at dawn. */
            description?: string;
            /**
             * @description Percent, included in the price. At most two decimals.
             * @example 5
             */
            taxRate?: number;
            /** @description false withdraws the product, true brings it back. */
            active?: boolean;
        };
        UpdateProfileRequest: {
            /** @example Jimmy Joseph */
            name?: string;
            /**
             * @description E.164; null empties it.
             * @example +919812345678
             */
            phone?: string | null;
            /**
             * @description null empties it.
             * @example 12 Dairy Lane, Kochi
             */
            address?: string | null;
            /** @description What is left out stays. */
            notifications?: components["schemas"]["PreferencesRequest"];
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
        };
        UpdateSubscriptionRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /** @example S07F2C41D90AA01K9Z */
            subscriptionId: string;
            /** @description Equal products are summed; at most 50 lines. */
            items?: components["schemas"]["SubscriptionLineRequest"][];
            /** @description DAILY; ALTERNATE_DAYS; every so many days; or on weekdays, with a factor on the quantities of all items. Days are counted from startDate; after a change of the pattern, from the date on which it takes effect. */
            frequency?: ("DAILY" | "ALTERNATE_DAYS") | {
                everyNDays: number;
            } | {
                weekdays: {
                    MON?: number;
                    TUE?: number;
                    WED?: number;
                    THU?: number;
                    FRI?: number;
                    SAT?: number;
                    SUN?: number;
                };
            };
            /**
             * @description Local time of the delivery.
             * @example 06:30
             */
            deliverySlot?: string;
            /** @example 12 Dairy Lane, Pune */
            address?: string;
            /** @enum {string} */
            paymentMethod?: "WALLET" | "COD";
            /**
             * Format: date
             * @description Null: it goes on.
             * @example 2027-02-28
             */
            endDate?: string | null;
        };
        UpdateUserRequest: {
            /** @example Jimmy Joseph */
            name?: string;
            /**
             * @description E.164; null empties it.
             * @example +919812345678
             */
            phone?: string | null;
            /**
             * @description null empties it.
             * @example 12 Dairy Lane, Kochi
             */
            address?: string | null;
            /** @description What is left out stays. */
            notifications?: components["schemas"]["PreferencesRequest"];
            /**
             * @description Holds from the next refresh of a session.
             * @enum {string}
             */
            role?: "CUSTOMER" | "COURIER" | "ADMIN";
            /**
             * @description true ends all sessions at their next refresh, and refuses new ones.
             * @example true
             */
            blocked?: boolean;
        };
        UserAdminResponse: {
            /** @example U101 */
            userId: string;
            /** @example Jimmy Joseph */
            name: string;
            /**
             * Format: email
             * @example jimmy@example.com
             */
            email: string;
            /** @example +919812345678 */
            phone: string | null;
            /** @example 12 Dairy Lane, Kochi */
            address: string | null;
            /** @enum {string} */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
            notifications: components["schemas"]["PreferencesResponse"];
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Also the ETag.
             * @example 1
             */
            version: number;
            /** @example false */
            blocked: boolean;
        };
        UserResponse: {
            /** @example U101 */
            userId: string;
            /** @example Jimmy Joseph */
            name: string;
            /**
             * Format: email
             * @example jimmy@example.com
             */
            email: string;
            /** @example +919812345678 */
            phone: string | null;
            /** @example 12 Dairy Lane, Kochi */
            address: string | null;
            /** @enum {string} */
            role: "CUSTOMER" | "COURIER" | "ADMIN";
            notifications: components["schemas"]["PreferencesResponse"];
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            createdAt: string;
            /**
             * @description Also the ETag.
             * @example 1
             */
            version: number;
        };
        ViolationResponse: {
            /**
             * @example BALANCE_WRONG
             * @enum {string}
             */
            kind: "BALANCE_WRONG" | "BALANCE_NEGATIVE" | "WALLET_MISSING" | "ENTRY_MISSING" | "ENTRY_UNEXPLAINED" | "ENTRY_WRONG" | "ORDER_UNPAID" | "ORDER_OUT_OF_STEP" | "AMOUNT_WRONG" | "PAID_TWICE" | "PAYMENT_ASTRAY" | "REFUND_MISSING" | "REFUND_UNKNOWN" | "CHARGE_MISSING" | "CHARGE_WRONG" | "CHARGE_UNKNOWN";
            /** @example the balance is 435, the entries come to 435.01 */
            detail: string;
            /** @example U101 */
            userId?: string;
            /** @example PAYMENT-PAY01K9Z */
            entryId?: string;
            /** @example O01K9Z */
            orderId?: string;
            /** @example PAY01K9Z */
            paymentId?: string;
            /**
             * @description The payment that the order says is its own.
             * @example PAY01K9Y
             */
            otherPaymentId?: string;
        };
        WalletAdjustmentResponse: {
            /** @example U101 */
            userId: string;
            /** @example ADJUSTMENT-ADJ01K9Z */
            entryId: string;
            /**
             * @example ADJUSTMENT
             * @enum {string}
             */
            type: "ADJUSTMENT" | "CREDIT";
            /** @example 500 */
            amount: number;
            /** @example Paid in cash to Ravi */
            reason: string;
            /** @example ADJ01K9Z */
            sourceId: string;
            /**
             * Format: date-time
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
        };
        WalletResponse: {
            /** @example 435 */
            balance: number;
            /** @example INR */
            currency: string;
            /** @example 100 */
            lowBalanceThreshold: number;
            /**
             * @description Of the settings, also the ETag; money that moves does not count.
             * @example 1
             */
            version: number;
        };
        WalletSettingsRequest: {
            /** @description Your own id, or left out; an admin may name anyone. */
            userId?: string;
            /**
             * @description You are told when the balance falls below it; 0: never. At most two decimals.
             * @example 100
             */
            lowBalanceThreshold: number;
        };
        WebhookResponse: {
            /** @enum {boolean} */
            received: true;
        };
        WeekdayAverageResponse: {
            /**
             * @description How many runs there were: the last, 4 at most.
             * @example 4
             */
            runs: number;
            /** @description Their mean, by outcome; absent without runs. */
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
                /** @description The authentication scheme, `Bearer`. */
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
        /** @description `auth.not_admitted`, `auth.not_owner` */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDocument"] & {
                    /** @enum {string} */
                    code?: "auth.not_admitted" | "auth.not_owner";
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
        /** @description `auth.issuer_unavailable`, `service.unavailable` */
        Unavailable: {
            headers: {
                /** @description Seconds to wait before the next request. */
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
                    /** @description The path of the background job. */
                    Location?: string;
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    getDemand: {
        parameters: {
            query?: {
                /** @description The first date, not before today; tomorrow. */
                from?: string;
                /** @description The last date, at most 31 days in all; a week. */
                to?: string;
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
                    "application/json": components["schemas"]["DailyDemandResponse"][];
                };
            };
            /** @description The result takes longer than ten seconds, or the server is busy. The work goes on as a background job. Repeat the request, which joins the job, or follow `Location`. A finished job and its result are kept for 5 minutes. */
            202: {
                headers: {
                    /** @description The path of the background job. */
                    Location?: string;
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    previewGeneration: {
        parameters: {
            query: {
                /** @description A date without a run, at most a year ahead. */
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
                    /** @description The path of the background job. */
                    Location?: string;
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            /** @description Accepted */
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            503: components["responses"]["Unavailable"];
        };
    };
    getGeneration: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            503: components["responses"]["Unavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            503: components["responses"]["Unavailable"];
        };
    };
    setOrderStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
            /** @description The order; for orderIds what became of each. */
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminOrders: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Local date of the delivery slot; without it from today on. */
                date?: string;
                status?: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    listOutbox: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description parked (default), or waiting to be delivered. */
                state?: "parked" | "waiting";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboxRowResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
            /** @description `auth.issuer_unavailable`, `service.not_settled`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                role?: "CUSTOMER" | "COURIER" | "ADMIN";
                /** @description Only the user of this e-mail. */
                email?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdminResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdminResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
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
            /** @description `auth.busy`, `auth.issuer_unavailable`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
                "If-Match"?: string;
            };
            path: {
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdminResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted`, `user.own_access` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted" | "user.own_access";
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
            503: components["responses"]["Unavailable"];
        };
    };
    adjustWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletAdjustmentResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
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
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Local date; today. */
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalyticsEventResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    getReport: {
        parameters: {
            query?: {
                /** @description First local date; six days before `to`. */
                from?: string;
                /** @description Last local date; today. */
                to?: string;
                /** @description json (default) or csv. */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row a local date, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyFiguresResponse"][];
                    /**
                     * @example date,orders,revenue,cancelled,refunded,delivered,failed
                     *     2025-10-14,120,9450.5,3,149.5,110,2
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    clearCart: {
        parameters: {
            query?: {
                /** @description Your own id, or left out; an admin may name anyone. */
                userId?: string;
            };
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    setCartQuantity: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    getCart: {
        parameters: {
            query?: {
                /** @description Your own id, or left out; an admin may name anyone. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartResponse"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    assignDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignDeliveryRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            503: components["responses"]["Unavailable"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Local date of the delivery slot; left out: from today on. */
                date?: string;
                status?: "ASSIGNED" | "PICKED_UP" | "IN_TRANSIT" | "DELIVERED" | "FAILED";
                /** @description A courier sees his own in any case. */
                courierId?: string;
                /** @description Your own id, or left out; an admin may name anyone. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted" | "auth.not_owner";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    updateDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted`, `auth.not_owner` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted" | "auth.not_owner";
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
            /** @description `delivery.illegal_transition`, `delivery.order_not_packed` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "delivery.illegal_transition" | "delivery.order_not_packed";
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
            503: components["responses"]["Unavailable"];
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
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
                    /** @description Seconds to wait before the next request. */
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
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            403: components["responses"]["Forbidden"];
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
            /** @description `cart.changed`, `idempotency.in_progress`, `order.insufficient_stock`, `order.price_changed`, `order.total_mismatch` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "cart.changed" | "idempotency.in_progress" | "order.insufficient_stock" | "order.price_changed" | "order.total_mismatch";
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
            503: components["responses"]["Unavailable"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Your own id, or left out; an admin may name anyone. */
                userId?: string;
                status?: "CREATED" | "CONFIRMED" | "PACKED" | "DISPATCHED" | "DELIVERED" | "CANCELLED";
                /** @description Local date of the delivery slot, included. */
                from?: string;
                /** @description Local date of the delivery slot, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
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
            503: components["responses"]["Unavailable"];
        };
    };
    subscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            403: components["responses"]["Forbidden"];
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
            /** @description `idempotency.in_progress`, `subscription.cutoff_passed` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "subscription.cutoff_passed";
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
            503: components["responses"]["Unavailable"];
        };
    };
    trackOrder: {
        parameters: {
            query: {
                /** @description Your own id, or left out; an admin may name anyone. */
                userId?: string;
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    payOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
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
            403: components["responses"]["Forbidden"];
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
            /** @description `idempotency.in_progress`, `payment.already_paid`, `payment.amount_mismatch`, `payment.in_progress`, `payment.order_not_payable`, `wallet.insufficient_balance` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "idempotency.in_progress" | "payment.already_paid" | "payment.amount_mismatch" | "payment.in_progress" | "payment.order_not_payable" | "wallet.insufficient_balance";
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
            503: components["responses"]["Unavailable"];
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stripe: `t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`, at most five minutes old */
                "Stripe-Signature"?: string;
                /** @description The sandbox: `t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<body>">`, at most five minutes old */
                "X-Milkround-Signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description An event as the gateway writes it. */
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
                    /** @description The authentication scheme, `Bearer`. */
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
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    addProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            503: components["responses"]["Unavailable"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                category?: string;
                /** @description Words of name, category or description. */
                q?: string;
                /** @description At most two decimals. */
                minPrice?: number;
                /** @description At most two decimals. */
                maxPrice?: number;
                /** @description true: only what is in stock; false: only what is not. */
                inStock?: boolean;
                /** @description name (default) or price; a minus turns it round. */
                sort?: "name" | "-name" | "price" | "-price";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
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
                    /** @description Seconds to wait before the next request. */
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
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            /** @description `auth.forbidden`, `auth.not_admitted` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.forbidden" | "auth.not_admitted";
                    };
                };
            };
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
            503: components["responses"]["Unavailable"];
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version of the entity, for `If-Match`. */
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
                    /** @description Seconds to wait before the next request. */
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
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Your own id, or left out; an admin may name anyone. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"][];
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
            503: components["responses"]["Unavailable"];
        };
    };
    overrideDate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    pauseSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    skipDate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    unskipDate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    updateSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            /** @description `subscription.cutoff_passed`, `subscription.ended` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "subscription.cutoff_passed" | "subscription.ended";
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
            503: components["responses"]["Unavailable"];
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionDetailResponse"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    getCalendar: {
        parameters: {
            query?: {
                /** @description Your own id, or left out; an admin may name anyone. */
                userId?: string;
                /** @description The first date; today. */
                from?: string;
                /** @description The last date, at most 92 days in all; 31 days. */
                to?: string;
            };
            header?: never;
            path: {
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
            403: components["responses"]["Forbidden"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
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
            /** @description `auth.invalid_credentials` */
            401: {
                headers: {
                    /** @description The authentication scheme, `Bearer`. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "auth.invalid_credentials";
                    };
                };
            };
            /** @description `user.blocked` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"] & {
                        /** @enum {string} */
                        code?: "user.blocked";
                    };
                };
            };
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    /** @description Requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Seconds until the window resets. */
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
                    /** @description Seconds to wait before the next request. */
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
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshTokenRequest"];
            };
        };
        responses: {
            /** @description It is revoked, or was already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            413: components["responses"]["RequestTooLarge"];
            /** @description `request.too_many` */
            429: {
                headers: {
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    /** @description Requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Seconds until the window resets. */
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
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
            /** @description Changed. */
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
                    /** @description The authentication scheme, `Bearer`. */
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
            413: components["responses"]["RequestTooLarge"];
            /** @description `auth.too_many_attempts`, `request.too_many` */
            429: {
                headers: {
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    /** @description Requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Seconds until the window resets. */
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
                    /** @description Seconds to wait before the next request. */
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
            /** @description Accepted */
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
            /** @description `request.too_many` */
            429: {
                headers: {
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    /** @description Requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Seconds until the window resets. */
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
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
            /** @description The new password holds. */
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
            /** @description `request.too_many` */
            429: {
                headers: {
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    /** @description Requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Seconds until the window resets. */
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
            /** @description `auth.busy`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
                /** @description Your own id, or left out; an admin may name anyone. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserResponse"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
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
                    /** @description The authentication scheme, `Bearer`. */
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
            /** @description `request.too_many` */
            429: {
                headers: {
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    /** @description Requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Seconds until the window resets. */
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
            /** @description `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
            /** @description `request.too_many` */
            429: {
                headers: {
                    /** @description Seconds to wait before the next request. */
                    "Retry-After"?: string;
                    /** @description Requests allowed in the window. */
                    "RateLimit-Limit"?: string;
                    /** @description Requests left in the window. */
                    "RateLimit-Remaining"?: string;
                    /** @description Seconds until the window resets. */
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
            /** @description `auth.busy`, `service.unavailable` */
            503: {
                headers: {
                    /** @description Seconds to wait before the next request. */
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
    listLedgerEntries: {
        parameters: {
            query?: {
                /** @description How many at most (default 20). */
                limit?: number;
                /** @description From the Link header of the page before. */
                cursor?: string;
                /** @description Your own id, or left out; an admin may name anyone. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list, which may be short. Only a missing `Link` ends the list. */
            200: {
                headers: {
                    /** @description The URL of the next page: `<…>; rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryResponse"][];
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
            503: components["responses"]["Unavailable"];
        };
    };
    updateWalletSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the last response. If the entity has changed since, the request is refused with 412. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletResponse"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    topUpWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: within 24 hours, a request with the same key is executed once and gets the same response. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    /** @description `true` if this is the stored response of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentResponse"];
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
            503: components["responses"]["Unavailable"];
        };
    };
    getWallet: {
        parameters: {
            query?: {
                /** @description Your own id, or left out; an admin may name anyone. */
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
                    /** @description The version of the entity, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletResponse"];
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
            503: components["responses"]["Unavailable"];
        };
    };
}
