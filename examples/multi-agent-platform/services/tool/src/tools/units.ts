interface Unit {
  quantity: string;
  /** Multiplied by this, and moved by `offset`, a value is in the quantity's base unit. */
  factor: number;
  offset?: number;
  names: string[];
}

// Factors are exact by definition: the international yard and pound (1959), the SI, the US gallon.
const units: Unit[] = [
  { quantity: 'length', factor: 1, names: ['m', 'metre', 'metres', 'meter', 'meters'] },
  { quantity: 'length', factor: 1000, names: ['km', 'kilometre', 'kilometres', 'kilometer', 'kilometers'] },
  { quantity: 'length', factor: 0.01, names: ['cm', 'centimetre', 'centimetres', 'centimeter', 'centimeters'] },
  { quantity: 'length', factor: 0.001, names: ['mm', 'millimetre', 'millimetres', 'millimeter', 'millimeters'] },
  { quantity: 'length', factor: 1609.344, names: ['mi', 'mile', 'miles'] },
  { quantity: 'length', factor: 0.9144, names: ['yd', 'yard', 'yards'] },
  { quantity: 'length', factor: 0.3048, names: ['ft', 'foot', 'feet'] },
  { quantity: 'length', factor: 0.0254, names: ['in', 'inch', 'inches'] },
  { quantity: 'length', factor: 1852, names: ['nmi', 'nautical mile', 'nautical miles'] },
  { quantity: 'mass', factor: 1, names: ['kg', 'kilogram', 'kilograms', 'kilo', 'kilos'] },
  { quantity: 'mass', factor: 0.001, names: ['g', 'gram', 'grams'] },
  { quantity: 'mass', factor: 1000, names: ['t', 'tonne', 'tonnes'] },
  { quantity: 'mass', factor: 0.45359237, names: ['lb', 'lbs', 'pound', 'pounds'] },
  { quantity: 'mass', factor: 0.028349523125, names: ['oz', 'ounce', 'ounces'] },
  { quantity: 'temperature', factor: 1, names: ['k', 'kelvin'] },
  { quantity: 'temperature', factor: 1, offset: 273.15, names: ['c', '°c', 'celsius'] },
  { quantity: 'temperature', factor: 5 / 9, offset: 459.67 * (5 / 9), names: ['f', '°f', 'fahrenheit'] },
  { quantity: 'volume', factor: 1, names: ['l', 'litre', 'litres', 'liter', 'liters'] },
  { quantity: 'volume', factor: 0.001, names: ['ml', 'millilitre', 'millilitres', 'milliliter', 'milliliters'] },
  { quantity: 'volume', factor: 3.785411784, names: ['gal', 'gallon', 'gallons'] },
  { quantity: 'volume', factor: 0.473176473, names: ['pt', 'pint', 'pints'] },
  { quantity: 'time', factor: 1, names: ['s', 'second', 'seconds'] },
  { quantity: 'time', factor: 60, names: ['min', 'minute', 'minutes'] },
  { quantity: 'time', factor: 3600, names: ['h', 'hour', 'hours'] },
  { quantity: 'time', factor: 86_400, names: ['d', 'day', 'days'] },
  { quantity: 'time', factor: 604_800, names: ['week', 'weeks'] },
  { quantity: 'speed', factor: 1, names: ['m/s', 'metres per second', 'meters per second'] },
  { quantity: 'speed', factor: 1 / 3.6, names: ['km/h', 'kph', 'kilometres per hour', 'kilometers per hour'] },
  { quantity: 'speed', factor: 0.44704, names: ['mph', 'miles per hour'] },
  { quantity: 'speed', factor: 1852 / 3600, names: ['kn', 'knot', 'knots'] },
  { quantity: 'data', factor: 1, names: ['b', 'byte', 'bytes'] },
  { quantity: 'data', factor: 1e3, names: ['kb', 'kilobyte', 'kilobytes'] },
  { quantity: 'data', factor: 1e6, names: ['mb', 'megabyte', 'megabytes'] },
  { quantity: 'data', factor: 1e9, names: ['gb', 'gigabyte', 'gigabytes'] },
  { quantity: 'data', factor: 1024, names: ['kib', 'kibibyte', 'kibibytes'] },
  { quantity: 'data', factor: 1024 ** 2, names: ['mib', 'mebibyte', 'mebibytes'] },
  { quantity: 'data', factor: 1024 ** 3, names: ['gib', 'gibibyte', 'gibibytes'] },
  { quantity: 'area', factor: 1, names: ['m2', 'm²', 'square metre', 'square metres', 'square meters'] },
  { quantity: 'area', factor: 10_000, names: ['ha', 'hectare', 'hectares'] },
  { quantity: 'area', factor: 4046.8564224, names: ['acre', 'acres'] },
];

const byName = new Map(units.flatMap((unit) => unit.names.map((name) => [name, unit] as const)));

/** Every name that a unit may be called by. */
export const unitNames: readonly string[] = [...byName.keys()];

function find(name: string): Unit {
  const unit = byName.get(name.trim().toLowerCase());
  if (!unit) throw new RangeError(`"${name}" is not a unit known here`);
  return unit;
}

/**
 * Converts a value from one unit to another of the same quantity.
 * @throws RangeError for an unknown unit, or units of different quantities
 */
export function convert(value: number, from: string, to: string): number {
  const source = find(from);
  const target = find(to);
  if (source.quantity !== target.quantity) {
    throw new RangeError(`${from} is a ${source.quantity} and ${to} a ${target.quantity}: one cannot become the other`);
  }
  return (value * source.factor + (source.offset ?? 0) - (target.offset ?? 0)) / target.factor;
}
