/** Where the console shows an object. */
export const orderPath = (orderId: string) => `/orders?order=${encodeURIComponent(orderId)}`;
export const customerPath = (userId: string) => `/customers?customer=${encodeURIComponent(userId)}`;
export const productStockPath = (productId: string) => `/products?state=all&stock=${encodeURIComponent(productId)}`;
export const auditPath = (subject: string) => `/operations?tab=audit&subject=${encodeURIComponent(subject)}`;
