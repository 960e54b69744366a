//! Distance on the Earth.

use crate::gazetteer::Point;

/// The mean radius of the Earth in kilometres (IUGG R1).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Returns the great-circle distance in kilometres (haversine; error of the sphere up to 0.5 %).
///
/// # Examples
/// ```
/// use dateline::{Point, distance_km};
/// let aleppo = Point { latitude: 36.20124, longitude: 37.16117 };
/// let damascus = Point { latitude: 33.5102, longitude: 36.29128 };
/// assert_eq!(distance_km(aleppo, damascus).round(), 310.0);
/// ```
pub fn distance_km(a: Point, b: Point) -> f64 {
    let (lat_a, lat_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.longitude - a.longitude).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
}
