import butter from '../images/butter.svg';
import cheese from '../images/cheese.svg';
import curd from '../images/curd.svg';
import drinks from '../images/drinks.svg';
import milk from '../images/milk.svg';
import other from '../images/other.svg';
import type { Product } from '../api/queries.ts';

/** The first whose words occur in the category. */
const PICTURES: readonly (readonly [words: RegExp, picture: string])[] = [
  [/curd|yog|dahi/i, curd],
  [/butter|ghee|cream/i, butter],
  [/cheese|paneer/i, cheese],
  [/drink|sweet|lassi|juice/i, drinks],
  [/milk/i, milk],
];

const pictureOf = (category: string) => PICTURES.find(([words]) => words.test(category))?.[1] ?? other;

/** The picture of a product, or a drawing of its category. The name beside it says what it is. */
export function ProductImage({
  product,
  className,
}: {
  product: Pick<Product, 'imageUrl' | 'category'>;
  className?: string;
}) {
  const drawing = pictureOf(product.category);
  return (
    <img
      className={className}
      src={product.imageUrl ?? drawing}
      alt=""
      width={240}
      height={180}
      loading="lazy"
      decoding="async"
      onError={({ currentTarget }) => {
        if (!currentTarget.src.endsWith(drawing)) currentTarget.src = drawing;
      }}
    />
  );
}
