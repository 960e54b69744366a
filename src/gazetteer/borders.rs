//! Where countries are: their borders, coarse, to ask whether a point lies in or near its country.
//!
//! The borders are Natural Earth's at 1 : 50 million (public domain), which leaves out small islands and smooths coasts by
//! some kilometres; `gazetteers/README.md` says how the table is made.

use crate::distance::distance_km;
use crate::gazetteer::Point;
use std::collections::HashMap;

/// The rings of all countries, compiled by the build script: code, number of points, points in hundredths of a degree.
static WORLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/borders.bin"));

/// One closed line, as (longitude, latitude) in hundredths of a degree.
struct Ring {
    points: Vec<(i16, i16)>,
    south_west: (i16, i16),
    north_east: (i16, i16),
}

/// The borders of countries.
pub struct Borders {
    rings: HashMap<[u8; 2], Vec<Ring>>,
}

impl Borders {
    /// Returns the borders that are part of the program.
    ///
    /// # Cost
    /// Some milliseconds and a megabyte.
    pub fn world() -> Borders {
        let mut rings: HashMap<[u8; 2], Vec<Ring>> = HashMap::new();
        let mut rest = WORLD;
        while let Some((head, after)) = rest.split_first_chunk::<6>() {
            let [a, b, count @ ..] = *head;
            let length = u32::from_le_bytes(count) as usize * 4;
            let Some((points, after)) = after.split_at_checked(length) else { break };
            rings.entry([a, b]).or_default().push(Ring::of(points));
            rest = after;
        }
        Borders { rings }
    }

    /// Returns the distance of a point from a country in km, 0 inside of it; none when the country has no borders here.
    ///
    /// # Errors
    /// Up to 1 km inside of the border line, which is drawn in steps of a hundredth of a degree.
    pub fn distance_km(&self, country: [u8; 2], point: Point) -> Option<f64> {
        let rings = self.rings.get(&country)?;
        // Even-odd over all rings, so that holes count.
        let crossings: usize = rings.iter().map(|ring| ring.crossings(point)).sum();
        if crossings % 2 == 1 {
            return Some(0.0);
        }
        rings.iter().map(|ring| ring.distance_km(point)).min_by(f64::total_cmp)
    }
}

impl Ring {
    fn of(bytes: &[u8]) -> Ring {
        let number = |bytes: &[u8]| i16::from_le_bytes([bytes[0], bytes[1]]);
        let points: Vec<(i16, i16)> =
            bytes.chunks_exact(4).map(|p| (number(&p[..2]), number(&p[2..]))).collect();
        let corner = |pick: fn(i16, i16) -> i16, start: i16| {
            points.iter().fold((start, start), |c, p| (pick(c.0, p.0), pick(c.1, p.1)))
        };
        Ring { south_west: corner(i16::min, i16::MAX), north_east: corner(i16::max, i16::MIN), points }
    }

    /// Returns how many sides a ray to the east crosses.
    fn crossings(&self, point: Point) -> usize {
        let (x, y) = (point.longitude * 100.0, point.latitude * 100.0);
        if y < self.south_west.1.into() || y > self.north_east.1.into() || x > self.north_east.0.into() {
            return 0;
        }
        let crosses = |a: (f64, f64), b: (f64, f64)| {
            (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0)
        };
        self.sides().filter(|(a, b)| crosses(*a, *b)).count()
    }

    fn sides(&self) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
        let wide = |p: (i16, i16)| (f64::from(p.0), f64::from(p.1));
        let next = self.points.iter().skip(1).chain(self.points.first());
        self.points.iter().zip(next).map(move |(a, b)| (wide(*a), wide(*b)))
    }

    /// Returns the distance of the nearest point of the line.
    fn distance_km(&self, point: Point) -> f64 {
        // A flat map around the point; longitudes are taken the short way round.
        let scale = point.latitude.to_radians().cos();
        let flat = |p: (f64, f64)| {
            let east = (p.0 / 100.0 - point.longitude + 540.0).rem_euclid(360.0) - 180.0;
            (east * scale, p.1 / 100.0 - point.latitude)
        };
        let nearest = self.sides().map(|(a, b)| nearest_on(flat(a), flat(b)));
        let (x, y) = nearest.min_by(|a, b| a.0.hypot(a.1).total_cmp(&b.0.hypot(b.1))).unwrap_or((180.0, 0.0));
        let there = Point {
            latitude: (point.latitude + y).clamp(-90.0, 90.0),
            longitude: point.longitude + x / scale.max(1e-6),
        };
        distance_km(point, there)
    }
}

/// Returns the point of a side that is nearest to the origin.
fn nearest_on(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 { 0.0 } else { (-(a.0 * dx + a.1 * dy) / length).clamp(0.0, 1.0) };
    (a.0 + along * dx, a.1 + along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_lie_in_their_countries() {
        let borders = Borders::world();
        for (country, latitude, longitude, least, most) in [
            (*b"SY", 36.2, 37.16, 0.0, 0.0),    // Aleppo
            (*b"TR", 36.2, 37.16, 40.0, 60.0),  // Aleppo is some 45 km south of Turkey
            (*b"LS", -29.31, 27.48, 0.0, 0.0),  // Maseru
            (*b"ZA", -29.6, 28.2, 50.0, 120.0), // the middle of Lesotho is a hole in South Africa
            (*b"FJ", -18.14, 178.44, 0.0, 5.0), // Suva, beside the 180th meridian
            (*b"RU", 64.7, 177.5, 0.0, 5.0),    // Anadyr, beyond most of Russia
        ] {
            let km = borders.distance_km(country, Point { latitude, longitude }).unwrap();
            assert!((least..=most).contains(&km), "{country:?} {latitude} {longitude}: {km} km");
        }
        assert!(borders.distance_km(*b"ZZ", Point { latitude: 0.0, longitude: 0.0 }).is_none());
    }
}
