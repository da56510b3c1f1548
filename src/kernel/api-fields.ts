/** Fields that several DTOs share, as the OpenAPI document shows them. Spread one to replace a part of it. */
export const USER_ID = { example: 'U101', description: 'Id of the user.' };
export const CUSTOMER_ID = { example: 'U101', description: 'Id of the customer.' };
export const CUSTOMER_NAME = { example: 'Asha Rao', description: 'Name of the customer. Absent if they have none.' };
export const COURIER_ID = { example: 'U01K9Z', description: 'Id of the courier.' };
export const PRODUCT_ID = { example: 'P101', description: 'Id of the product.' };
export const ORDER_ID = { example: 'O01K9Z', description: 'Id of the order.' };
export const ORDER_NUMBER = { example: 'K7M4-Q2XD', description: 'Order number, for people. Derived from the id.' };
export const SUBSCRIPTION_ID = { example: 'S07F2C41D90AA01K9Z', description: 'Id of the subscription.' };
export const PAYMENT_ID = { example: 'PAY01K9Z', description: 'Id of the payment.' };
export const DELIVERY_ID = { example: 'D01K9Z', description: 'Id of the delivery.' };

export const PRODUCT_NAME = { example: 'Full cream milk', description: 'Name of the product.' };
export const PACKAGE_UNIT = { example: '500 ml', description: 'Content of one product unit.' };
export const QUANTITY = { type: 'integer', example: 2, description: 'Quantity, in product units.' } as const;
export const UNIT_PRICE = { example: 32.5, description: 'Price of one unit, in major units.' };
export const TAX_RATE = { example: 5, description: 'Tax included in the price, in percent.' };
export const LINE_TOTAL = { example: 65, description: 'Price of the whole line, in major units.' };

export const DELIVERY_ADDRESS = { example: '12 Dairy Lane, Pune', description: 'Delivery address.' };
export const DELIVERY_SLOT = {
  format: 'date-time',
  example: '2026-12-01T01:30:00Z',
  description: 'Instant for which the delivery is planned.',
};

export const INSTANT = { format: 'date-time', example: '2026-11-30T15:00:00Z' };
export const CHANGED_BY = {
  example: 'U101',
  description: 'Id of the person who made the change. Only admins see it. Absent if the program made the change.',
};
export const VERSION = {
  type: 'integer',
  example: 1,
  description: 'Version of the entity. Also sent as `ETag`.',
} as const;
