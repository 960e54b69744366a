//! What sort of place an entry is: GeoNames feature codes in the words that map users ask for.

/// The sort of a place, from its GeoNames feature code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceType {
    /// An independent or dependent political entity (`PCLI`, `PCLD`, `TERR`).
    Country,
    /// A continent, macro-region or other large area (`CONT`, `RGN`).
    Region,
    /// A first-order administrative division (`ADM1`).
    Admin1,
    /// A second-order administrative division (`ADM2`).
    Admin2,
    /// A division of lower order (`ADM3` to `ADM5`, `ADMD`).
    Admin3,
    /// A populated place (`PPL`, `PPLC`, `PPLA`).
    City,
    /// A section of a populated place (`PPLX`).
    Neighbourhood,
    /// A populated place or township whose feature code the sources do not give.
    Locality,
    /// An ocean, sea, river, lake, gulf, strait or canal.
    Water,
    /// A mountain, range, peak, pass or volcano.
    Mountain,
    /// An island or archipelago.
    Island,
    /// A desert, peninsula, cape, plain, valley or forest.
    Land,
    /// A facility: an airport, camp, university, base, park or building.
    Site,
}

impl PlaceType {
    /// Returns the sort of place for a GeoNames feature code (empty: [`PlaceType::Locality`]).
    pub fn of(feature_code: &str) -> PlaceType {
        match feature_code {
            "" => PlaceType::Locality,
            "ADM1" | "ADM1H" => PlaceType::Admin1,
            "ADM2" | "ADM2H" => PlaceType::Admin2,
            "TERR" => PlaceType::Country,
            "PPLX" => PlaceType::Neighbourhood,
            "OCN" | "SEA" | "GULF" | "STRT" | "LK" | "LKS" | "BAY" | "CHN" | "CNL" | "STM" | "SD" | "RSV"
            | "LGN" | "FJD" | "COVE" | "INLT" | "STMX" | "FLLS" => PlaceType::Water,
            "MT" | "MTS" | "PK" | "HLL" | "HLLS" | "PASS" | "VLC" | "RDGE" => PlaceType::Mountain,
            "ISL" | "ISLS" | "ATOL" | "ISLET" => PlaceType::Island,
            "DSRT" | "PEN" | "CAPE" | "PLN" | "PLAT" | "VAL" | "FRST" | "DLTA" | "BSND" | "UPLD" | "BCH" => {
                PlaceType::Land
            }
            code if code.starts_with("PCL") => PlaceType::Country,
            code if code.starts_with("ADM") => PlaceType::Admin3,
            code if code.starts_with("PPL") => PlaceType::City,
            code if code.starts_with("CONT") || code.starts_with("RGN") || code == "AREA" => {
                PlaceType::Region
            }
            _ => PlaceType::Site,
        }
    }

    /// Returns the word that outputs use.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceType::Country => "country",
            PlaceType::Region => "region",
            PlaceType::Admin1 => "admin1",
            PlaceType::Admin2 => "admin2",
            PlaceType::Admin3 => "admin3",
            PlaceType::City => "city",
            PlaceType::Neighbourhood => "neighbourhood",
            PlaceType::Locality => "locality",
            PlaceType::Water => "water",
            PlaceType::Mountain => "mountain",
            PlaceType::Island => "island",
            PlaceType::Land => "land",
            PlaceType::Site => "site",
        }
    }

    /// Returns how much the point says: `country`, `region`, `admin1`, `admin2`, `city` or `site`.
    pub fn precision(self) -> &'static str {
        match self {
            PlaceType::Country => "country",
            PlaceType::Region
            | PlaceType::Water
            | PlaceType::Mountain
            | PlaceType::Island
            | PlaceType::Land => "region",
            PlaceType::Admin1 => "admin1",
            PlaceType::Admin2 => "admin2",
            PlaceType::Admin3 | PlaceType::City | PlaceType::Neighbourhood | PlaceType::Locality => "city",
            PlaceType::Site => "site",
        }
    }

    /// Tells whether it is a settlement or smaller: what a story can happen in.
    pub fn is_local(self) -> bool {
        matches!(self.precision(), "city" | "site")
    }
}
