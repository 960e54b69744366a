//! What sort of place an entry is: GeoNames feature codes in the words that map users ask for.

// The codes of GeoNames' classes L, T, V, H and U (geonames.org/export/codes.html, CC BY 4.0) by the sort of place that
// they are here. Classes S and R, facilities and roads, and small things of L such as fields and industrial areas, are
// sites: whatever is not listed is one.

const REGIONS: &str = "L AREA COLF CTRB GOSP LAND LCTY MNA MVA PEAT QCKS SALT SNOW TRB";
const ISLANDS: &str = "ISL ISLS ISLET ISLF ISLM ISLT ISLX ATOL RK RKS RKRY";
const MOUNTAINS: &str = "T MT MTS PK PKS HLL HLLS PASS GAP VLC RDGE RDGB MESA BUTE CONE CRTR CRTRS NTK NTKS SPUR MND NKM CLF SLP DVD \
     HMCK MTU HLU HLSU PKU PKSU RDGU RDSU CDAU TRGU";
const LANDS: &str = "V DSRT PEN PENX CAPE PT PTS PLN PLNX PLAT PLATX UPLD INTF VAL VALS VALX VALG CNYN CNYNS GRGE FRST FRSTF FRKT VIN VINS \
     BUSH CULT GRSLD GRVC GRVO GRVP GRVPN GRVE HTH MDW OCH SCRB TREE TUND DLTA BSND BSNP OAS BCH BCHS BAR DUNE ERG \
     FAN FORD HDLD ISTH KRST LEV LVOL MRN PROM REG SAND SBED SCNC SINK TRGD";
const WATERS: &str = "H U AIRS ANCH BAY BAYS BGHT BNK BNKR BNKX BOG CAPG CHN CHNL CHNM CHNN CNFL CNL CNLA CNLB CNLD CNLI CNLN CNLQ CNLSB CNLX \
     COVE CRKT CRNT CUTF DCK DCKB DOMG DPRG DTCH DTCHD DTCHI DTCHM ESTY FISH FJD FJDS FLLS FLLSX FLTM FLTT GLCR GULF \
     GYSR HBR HBRX INLT INLTQ LBED LGN LGNS LGNX LK LKC LKI LKN LKNI LKO LKOI LKS LKSB LKSC LKSI LKSN LKSNI LKX MFGN \
     MGV MOOR MRSH MRSHN NRWS OCN OVF PND PNDI PNDN PNDNI PNDS PNDSF PNDSI PNDSN POOL POOLI RCH RDGG RDST RF RFC \
     RFX RPDS RSV RSVI RSVT RVN SBKH SD SEA SHOL SILL SPNG SPNS SPNT STM STMA STMB STMC STMD STMH STMI STMIX STMM \
     STMQ STMS STMSB STMX STRT SWMP SYSI TNLC WAD WADB WADJ WADM WADS WADX WHRL WLL WLLQ WLLS WTLD WTLDI WTRC WTRH \
     APNU ARCU ARRU BDLU BKSU BNKU BSNU CNSU CNYU CRSU DEPU EDGU ESCU FANU FLTU FRKU FRSU FRZU FURU GAPU GLYU LDGU \
     LEVU MDVU MESU MNDU MOTU PLNU PLTU PNLU PRVU RISU RVNU SCNU SCSU SDLU SHFU SHLU SHSU SHVU SILU SLPU SMSU SMU \
     SPRU TERU TMSU TMTU TNGU TRNU VALU VLSU";

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
    /// Returns the sort of place for a GeoNames feature code, or for one of the classes A, H, L, P, R, S, T, U and V where
    /// a source gives no more than that (empty: [`PlaceType::Locality`]).
    pub fn of(feature_code: &str) -> PlaceType {
        let is_in = |codes: &str| codes.split_ascii_whitespace().any(|code| code == feature_code);
        match feature_code {
            "" => PlaceType::Locality,
            "ADM1" | "ADM1H" => PlaceType::Admin1,
            "ADM2" | "ADM2H" => PlaceType::Admin2,
            "TERR" => PlaceType::Country,
            "PPLX" => PlaceType::Neighbourhood,
            "A" | "ZN" | "ZNB" | "LTER" | "PRSH" => PlaceType::Admin3,
            "P" | "STLMT" => PlaceType::City,
            code if code.starts_with("PCL") => PlaceType::Country,
            code if code.starts_with("ADM") => PlaceType::Admin3,
            code if code.starts_with("PPL") => PlaceType::City,
            code if code.starts_with("CONT") || code.starts_with("RGN") => PlaceType::Region,
            _ if is_in(REGIONS) => PlaceType::Region,
            _ if is_in(ISLANDS) => PlaceType::Island,
            _ if is_in(MOUNTAINS) => PlaceType::Mountain,
            _ if is_in(LANDS) => PlaceType::Land,
            _ if is_in(WATERS) => PlaceType::Water,
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

    /// Returns the GeoNames class of most places of this sort: A, H, L, P, S or T.
    pub fn class(self) -> &'static str {
        match self {
            PlaceType::Country | PlaceType::Admin1 | PlaceType::Admin2 | PlaceType::Admin3 => "A",
            PlaceType::City | PlaceType::Neighbourhood | PlaceType::Locality => "P",
            PlaceType::Water => "H",
            PlaceType::Mountain | PlaceType::Island | PlaceType::Land => "T",
            PlaceType::Region => "L",
            PlaceType::Site => "S",
        }
    }

    /// Tells whether it is a settlement or smaller: what a story can happen in.
    pub fn is_local(self) -> bool {
        matches!(self.precision(), "city" | "site")
    }

    /// Tells whether places of this sort lie within a city or near one.
    pub fn is_within_city(self) -> bool {
        matches!(self, PlaceType::Neighbourhood | PlaceType::Site)
    }
}
