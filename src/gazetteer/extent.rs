//! Extents: the boxes that regions fill, for what is too large for a point to say where it is.

use super::entry::Point;
use super::layout::{ExtentRecord, degrees, fixed};

/// A box in WGS 84 degrees; it crosses the antimeridian when `west` is greater than `east`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Degrees east of the western side.
    pub west: f64,
    /// Degrees north of the southern side.
    pub south: f64,
    /// Degrees east of the eastern side.
    pub east: f64,
    /// Degrees north of the northern side.
    pub north: f64,
}

impl Extent {
    /// Tells whether a point lies inside or on the sides.
    pub fn contains(&self, point: Point) -> bool {
        let Point { latitude, longitude } = point;
        // 180 degrees east and west are one meridian.
        let between = self.spans(longitude) || longitude.abs() == 180.0 && self.spans(-longitude);
        (self.south..=self.north).contains(&latitude) && between
    }

    fn spans(&self, longitude: f64) -> bool {
        match self.west <= self.east {
            true => (self.west..=self.east).contains(&longitude),
            false => longitude >= self.west || longitude <= self.east,
        }
    }

    /// Tells whether the sides are on the Earth and the southern one is not north of the northern one.
    pub(super) fn is_sound(&self) -> bool {
        let on_earth = |degrees: f64, limit: f64| degrees.abs() <= limit;
        on_earth(self.west, 180.0)
            && on_earth(self.east, 180.0)
            && on_earth(self.south, 90.0)
            && on_earth(self.north, 90.0)
            && self.south <= self.north
    }

    /// Returns the record of an entry's extent.
    pub(super) fn record(&self, entry: u32) -> ExtentRecord {
        ExtentRecord {
            entry: entry.into(),
            west: fixed(self.west).into(),
            south: fixed(self.south).into(),
            east: fixed(self.east).into(),
            north: fixed(self.north).into(),
        }
    }

    /// Returns the extent that a record holds.
    fn of(record: &ExtentRecord) -> Extent {
        let [west, south, east, north] = [record.west, record.south, record.east, record.north].map(degrees);
        Extent { west, south, east, north }
    }

    /// Returns the extent of an entry among records that are sorted by entry.
    ///
    /// # Cost
    /// A binary search.
    pub(super) fn find(records: &[ExtentRecord], entry: u32) -> Option<Extent> {
        let at = records.binary_search_by_key(&entry, |record| record.entry.get()).ok()?;
        records.get(at).map(Extent::of)
    }
}

/// Tells whether records are sorted by entry, one for each, of no other entries than the first `entries`, and sound.
pub(super) fn are_sound(records: &[ExtentRecord], entries: u32) -> bool {
    records.is_sorted_by(|a, b| a.entry.get() < b.entry.get())
        && records.iter().all(|record| record.entry.get() < entries && Extent::of(record).is_sound())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EUROPE: Extent = Extent { west: -24.6, south: 34.5, east: 69.1, north: 81.9 };
    const SIBERIA: Extent = Extent { west: 60.0, south: 49.0, east: -169.0, north: 81.3 };

    fn holds(extent: Extent, latitude: f64, longitude: f64) -> bool {
        extent.contains(Point { latitude, longitude })
    }

    #[test]
    fn a_box_holds_what_lies_in_it_and_on_its_sides() {
        assert!(holds(EUROPE, 52.5, 13.4) && holds(EUROPE, 34.5, -24.6) && holds(EUROPE, 81.9, 69.1));
        assert!(!holds(EUROPE, 34.4, 13.4) && !holds(EUROPE, 52.5, 69.2) && !holds(EUROPE, f64::NAN, 13.4));
    }

    #[test]
    fn a_box_over_the_antimeridian_holds_both_of_its_parts() {
        assert!(holds(SIBERIA, 62.0, 129.7) && holds(SIBERIA, 66.0, -171.0) && holds(SIBERIA, 66.0, 180.0));
        assert!(!holds(SIBERIA, 62.0, 50.0) && !holds(SIBERIA, 62.0, -150.0));
    }

    #[test]
    fn the_antimeridian_is_one_line() {
        let fiji = Extent { west: 177.0, south: -19.5, east: 180.0, north: -16.0 };
        assert!(holds(fiji, -17.0, 180.0) && holds(fiji, -17.0, -180.0) && !holds(fiji, -17.0, -179.9));
    }

    #[test]
    fn records_are_found_by_entry() {
        let records = [EUROPE.record(2), SIBERIA.record(7)];
        assert_eq!(Extent::find(&records, 2), Some(EUROPE));
        assert_eq!(Extent::find(&records, 7), Some(SIBERIA));
        assert_eq!(Extent::find(&records, 3), None);
    }

    #[test]
    fn records_out_of_order_or_bounds_are_not_sound() {
        let (europe, siberia) = (EUROPE.record(2), SIBERIA.record(7));
        assert!(are_sound(&[], 0) && are_sound(&[europe, siberia], 8));
        assert!(!are_sound(&[siberia, europe], 8) && !are_sound(&[europe, europe], 8));
        assert!(!are_sound(&[europe, siberia], 7));
        let upside_down = Extent { south: 82.0, ..EUROPE };
        let too_far_west = Extent { west: -180.1, ..EUROPE };
        assert!(!are_sound(&[upside_down.record(2)], 8) && !are_sound(&[too_far_west.record(2)], 8));
    }
}
