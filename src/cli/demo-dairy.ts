/** A product of the demo dairy. The price is in rupees and includes tax. */
interface DemoProduct {
  readonly productId: string;
  readonly name: string;
  readonly unit: string;
  readonly price: number;
  readonly stock: number;
  readonly description: string;
}

interface DemoCategory {
  readonly category: string;
  readonly taxRate: number;
  readonly products: readonly DemoProduct[];
}

interface DemoUser {
  readonly userId: string;
  readonly role: 'ADMIN' | 'COURIER' | 'CUSTOMER';
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly address?: string;
}

export const DEMO_USERS: readonly DemoUser[] = [
  { userId: 'U-ADMIN', role: 'ADMIN', name: 'Asha Kulkarni', email: 'admin@milkround.test' },
  {
    userId: 'U-COURIER-1',
    role: 'COURIER',
    name: 'Ravi Jadhav',
    email: 'courier1@milkround.test',
    phone: '+919800000001',
  },
  {
    userId: 'U-COURIER-2',
    role: 'COURIER',
    name: 'Meena Pawar',
    email: 'courier2@milkround.test',
    phone: '+919800000002',
  },
  {
    userId: 'U-CUSTOMER',
    role: 'CUSTOMER',
    name: 'Jimmy Deshpande',
    email: 'customer@milkround.test',
    phone: '+919800000003',
    address: 'Flat 4, Gokul Apartments, 12 Dairy Lane, Kothrud, Pune 411038',
  },
];

export const DEMO_CATEGORIES: readonly DemoCategory[] = [
  {
    category: 'Milk',
    taxRate: 0,
    products: [
      product('P-MILK-FULLCREAM-500', 'Full cream milk', '500 ml pouch', 36, 1000, '6% fat, pasteurised this morning.'),
      product('P-MILK-FULLCREAM-1000', 'Full cream milk', '1 l pouch', 71, 800, '6% fat, for the whole family.'),
      product('P-MILK-TONED-500', 'Toned milk', '500 ml pouch', 28, 1000, '3% fat, light enough for every day.'),
      product('P-MILK-TONED-1000', 'Toned milk', '1 l pouch', 55, 900, '3% fat, in the large pouch.'),
      product('P-MILK-DOUBLETONED-500', 'Double toned milk', '500 ml pouch', 25.5, 600, '1.5% fat.'),
      product('P-MILK-COW-500', 'Cow milk', '500 ml pouch', 31, 800, 'From indigenous cows around Baramati.'),
      product('P-MILK-COW-1000', 'Cow milk', '1 l glass bottle', 64, 400, 'Bottled at dawn; we collect the bottle.'),
      product('P-MILK-BUFFALO-500', 'Buffalo milk', '500 ml pouch', 39, 500, '7% fat; sets the thickest curd.'),
      product('P-MILK-A2GIR-1000', 'A2 Gir cow milk', '1 l glass bottle', 96, 240, 'Single farm, grass-fed Gir cows.'),
      product('P-MILK-LACTOSEFREE-500', 'Lactose-free milk', '500 ml carton', 52, 220, 'Easy to digest.'),
    ],
  },
  {
    category: 'Curd & Yoghurt',
    taxRate: 5,
    products: [
      product('P-CURD-CLASSIC-400', 'Classic curd', '400 g cup', 35, 600, 'Set overnight from toned milk.'),
      product('P-CURD-CLASSIC-1000', 'Classic curd', '1 kg pouch', 76, 400, 'For raita, kadhi and large families.'),
      product('P-CURD-BUFFALO-400', 'Buffalo curd', '400 g clay pot', 62, 220, 'Thick, set in the pot it comes in.'),
      product('P-CURD-PROBIOTIC-200', 'Probiotic curd', '200 g cup', 30, 300, 'With live cultures.'),
      product('P-CURD-GREEK-150', 'Greek yoghurt', '150 g cup', 60, 250, 'Strained, 12 g of protein a cup.'),
      product('P-CURD-MANGO-100', 'Mango yoghurt', '100 g cup', 25, 300, 'With Alphonso pulp from Ratnagiri.'),
      product('P-CURD-MISHTIDOI-100', 'Mishti doi', '100 g clay cup', 32, 240, 'Caramelised and set, as in Kolkata.'),
      product('P-CURD-SHRIKHAND-250', 'Kesar shrikhand', '250 g cup', 85, 200, 'Hung curd with saffron and cardamom.'),
    ],
  },
  {
    category: 'Butter & Ghee',
    taxRate: 5,
    products: [
      product('P-BUTTER-SALTED-100', 'Salted butter', '100 g', 58, 500, 'For toast and pav bhaji.'),
      product('P-BUTTER-SALTED-500', 'Salted butter', '500 g', 275, 300, 'The block for the kitchen.'),
      product('P-BUTTER-UNSALTED-100', 'Unsalted butter', '100 g', 60, 300, 'For bakers.'),
      product('P-BUTTER-WHITE-200', 'White butter (makhan)', '200 g cup', 140, 200, 'Hand-churned from curd.'),
      product('P-GHEE-COW-500', 'Cow ghee', '500 ml jar', 349, 350, 'Slow-cooked from cultured butter.'),
      product('P-GHEE-COW-1000', 'Cow ghee', '1 l jar', 685, 250, 'Slow-cooked from cultured butter.'),
      product('P-GHEE-BUFFALO-500', 'Buffalo ghee', '500 ml jar', 329, 220, 'White, grainy and rich.'),
      product('P-CREAM-FRESH-250', 'Fresh cream', '250 ml carton', 72, 260, '25% fat, for gravies and desserts.'),
    ],
  },
  {
    category: 'Cheese & Paneer',
    taxRate: 5,
    products: [
      product('P-PANEER-200', 'Fresh paneer', '200 g', 92, 400, 'Pressed overnight; stays soft for two days.'),
      product('P-PANEER-1000', 'Fresh paneer', '1 kg', 430, 200, 'For feasts and tiffin kitchens.'),
      product('P-PANEER-LOWFAT-200', 'Low-fat paneer', '200 g', 98, 220, 'From double toned milk.'),
      product('P-CHEESE-SLICES-200', 'Cheese slices', '10 slices, 200 g', 145, 300, 'For sandwiches.'),
      product('P-CHEESE-MOZZARELLA-200', 'Mozzarella', '200 g', 165, 240, 'Melts and stretches.'),
      product('P-CHEESE-CHEDDAR-200', 'Cheddar', '200 g', 240, 200, 'Aged for six months.'),
      product('P-KHOYA-200', 'Khoya (mawa)', '200 g', 110, 200, 'Reduced milk, for sweets at home.'),
    ],
  },
  {
    category: 'Drinks & Sweets',
    taxRate: 5,
    products: [
      product(
        'P-DRINK-BUTTERMILK-200',
        'Masala buttermilk',
        '200 ml pouch',
        15,
        800,
        'With cumin, ginger and coriander.',
      ),
      product('P-DRINK-LASSI-200', 'Sweet lassi', '200 ml cup', 30, 500, 'Churned thick, lightly sweet.'),
      product('P-DRINK-LASSIMANGO-200', 'Mango lassi', '200 ml bottle', 40, 300, 'With Alphonso pulp.'),
      product('P-DRINK-BADAM-200', 'Badam milk', '200 ml bottle', 45, 300, 'Almonds, saffron, cardamom.'),
      product('P-DRINK-COLDCOFFEE-200', 'Cold coffee', '200 ml bottle', 50, 260, 'Coffee from Chikmagalur.'),
      product('P-SWEET-GULABJAMUN-500', 'Gulab jamun', '500 g tin', 160, 220, 'Ten pieces in rose syrup.'),
      product('P-SWEET-RASGULLA-500', 'Rasgulla', '500 g tin', 155, 220, 'Ten pieces, soft and light.'),
      product('P-SWEET-PEDA-250', 'Kesar peda', '250 g box', 150, 200, 'Saffron, cardamom, pistachio.'),
    ],
  },
];

function product(
  productId: string,
  name: string,
  unit: string,
  price: number,
  stock: number,
  description: string,
): DemoProduct {
  return { productId, name, unit, price, stock, description };
}
