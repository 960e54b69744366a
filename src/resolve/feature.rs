//! The features of a candidate: what may speak for it or against it, each with its name and its family.

use crate::entity::Rule;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident $text:literal $family:ident;)*) => {
        /// A piece of evidence for or against a candidate. What stands in the table of weights under its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Feature {
            $($(#[$doc])* $name,)*
        }

        impl Feature {
            /// All features, in order.
            pub const ALL: &[Feature] = &[$(Feature::$name,)*];

            /// Returns the name that the table of weights and `--explain` have for it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Feature::$name => $text,)*
                }
            }

            /// Returns what sort of evidence it is.
            pub(super) fn family(self) -> Family {
                match self {
                    $(Feature::$name => Family::$family,)*
                }
            }
        }
    };
}

/// A sort of evidence: what [`Rule`] is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Family {
    /// What is known before the document is looked at.
    Prior,
    /// A place beside it.
    Containment,
    /// A word beside it.
    PlaceType,
    /// Countries and divisions of the document.
    CountryContext,
    /// Other places of the document.
    Nearness,
    /// The source.
    Source,
}

impl Family {
    pub(super) const COUNT: usize = 6;

    /// Returns the rule that a referent was chosen by when this decided.
    pub(super) fn rule(number: usize) -> Rule {
        use Rule::*;
        [Population, Containment, PlaceType, CountryContext, Nearness, SourcePrior][number]
    }
}

features! {
    /// log10(1 + population) of a settlement.
    Population "population" Prior;
    /// How far that is above 4: ten thousand.
    PopulationOver4 "population-over-4" Prior;
    /// How far that is above 5.
    PopulationOver5 "population-over-5" Prior;
    /// How far that is above 6.
    PopulationOver6 "population-over-6" Prior;
    /// log10(1 + population) of a division.
    DivisionPopulation "division-population" Prior;
    /// The population is not known, of a settlement.
    NoPopulation "no-population" Prior;
    /// It has the most inhabitants among the candidates of its name.
    Largest "largest" Prior;
    /// It is the only candidate of its name.
    Only "only" Prior;
    /// A country.
    Country "country" Prior;
    /// A country that is no more.
    Historical "historical" Prior;
    /// A macro-region or traditional region.
    Region "region" Prior;
    /// A first-order division.
    Admin1 "admin1" Prior;
    /// A second-order division.
    Admin2 "admin2" Prior;
    /// A lower division.
    Admin3 "admin3" Prior;
    /// A national capital.
    Capital "capital" Prior;
    /// The seat of a first-order division.
    Seat "seat" Prior;
    /// The seat of a lower division.
    LowSeat "low-seat" Prior;
    /// A part of a city.
    Neighbourhood "neighbourhood" Prior;
    /// A settlement without feature code.
    Locality "locality" Prior;
    /// A water, mountain, island or land of a reviewed table.
    Natural "natural" Prior;
    /// A water, mountain, island or land of another source.
    MinorNatural "minor-natural" Prior;
    /// A site of a reviewed table.
    Site "site" Prior;
    /// A site of another source.
    MinorSite "minor-site" Prior;
    /// The name is an alternate one of a settlement.
    Alternate "alternate" Prior;
    /// The name is an alternate one of a country.
    AlternateOfCountry "alternate-of-country" Prior;
    /// The name is an alternate one of a first-order division.
    AlternateOfAdmin1 "alternate-of-admin1" Prior;
    /// The name is an alternate one of a county or lower division.
    AlternateOfAdmin2 "alternate-of-admin2" Prior;
    /// The name is an alternate one of anything else.
    AlternateOfOther "alternate-of-other" Prior;
    /// The name is a part of the canonical one: `Prague` for `New Prague`.
    PartOfName "part-of-name" Prior;
    /// It lies in another candidate of the name: the city of New York in the state.
    InNamesake "in-namesake" Prior;
    /// Another candidate of the name lies in it.
    HoldsNamesake "holds-namesake" Prior;
    /// The text has the canonical name letter by letter.
    Exact "exact" Prior;
    /// The name is an abbreviation.
    Abbreviation "abbreviation" Prior;
    /// The language of the article (English) is spoken in its country.
    SameLanguage "same-language" Prior;
    /// log10(1 + population) of its country.
    CountryPopulation "country-population" Prior;
    /// It stands for a longer name that the gazetteer lacks.
    Nested "nested" Prior;
    /// It is an entry of a user's own gazetteer.
    Own "own" Prior;

    /// It lies in the place after the comma.
    WithinNext "within-next" Containment;
    /// It lies in the place that `in` leads to.
    WithinIn "within-in" Containment;
    /// It lies in the place before: `Ontario's London`, `the Syrian city of Aleppo`.
    WithinBefore "within-before" Containment;
    /// It lies in the place that a list shares.
    WithinListed "within-listed" Containment;
    /// The place that it lies in is a country or a region.
    WithinCountry "within-country" Containment;
    /// The place that it lies in is a first-order division.
    WithinAdmin1 "within-admin1" Containment;
    /// The place that it lies in is a lower division or a city.
    WithinAdmin2 "within-admin2" Containment;
    /// A place beside it lies in it.
    Holds "holds" Containment;
    /// The same name lies in a place beside it elsewhere in the document.
    WithinElsewhere "within-elsewhere" Containment;

    /// A word beside it says its type.
    TypeSaid "type-said" PlaceType;
    /// A word beside it says another type.
    TypeDenied "type-denied" PlaceType;
    /// A word beside it says that it is a capital, and it is one.
    CapitalSaid "capital-said" PlaceType;

    /// Share of the document's other places that lie in its country.
    CountryShare "country-share" CountryContext;
    /// ln(1 + number) of these.
    CountryVotes "country-votes" CountryContext;
    /// ln(1 + mentions) of the country itself.
    CountryNamed "country-named" CountryContext;
    /// The document has no other place in its country.
    CountryUnheard "country-unheard" CountryContext;
    /// Share of the document's other places that lie in its first-order division.
    DivisionShare "division-share" CountryContext;
    /// ln(1 + number) of these.
    DivisionVotes "division-votes" CountryContext;
    /// ln(1 + mentions) of the division itself.
    DivisionNamed "division-named" CountryContext;
    /// The places before and after it lie in its country.
    BesideCountry "beside-country" CountryContext;
    /// The places before and after it lie in its division.
    BesideDivision "beside-division" CountryContext;
    /// The dateline lies in its country.
    DatelineCountry "dateline-country" CountryContext;
    /// The dateline lies in its division.
    DatelineDivision "dateline-division" CountryContext;

    /// How near the nearest other place is, on a scale of 30 km.
    Near30 "near-30-km" Nearness;
    /// The same on a scale of 150 km.
    Near150 "near-150-km" Nearness;
    /// The same on a scale of 600 km.
    Near600 "near-600-km" Nearness;
    /// Share of the document's other places that are near, on a scale of 150 km.
    Crowd "crowd" Nearness;
    /// How near the places before and after it are, on a scale of 150 km.
    Beside "beside" Nearness;
    /// How near the dateline is, on a scale of 150 km.
    Dateline "dateline" Nearness;

    /// Share of the source's places that lie in its country.
    HomeCountry "home-country" Source;
    /// Share of the source's places that lie in its first-order division.
    HomeDivision "home-division" Source;
    /// How near the source's home is, on a scale of 100 km.
    Home "home" Source;
    /// Share of this referent among those of the name in the source.
    Usual "usual" Source;
    /// The source's address ends in its country's code.
    Domain "domain" Source;

    /// Nothing in the gazetteer: always.
    Nothing "nothing" Prior;
    /// Nothing in the gazetteer, and a place beside the name holds no candidate.
    NothingWithin "nothing-within" Containment;
    /// Nothing in the gazetteer, where only a part of the name is a name.
    NothingNested "nothing-nested" Prior;
    /// Nothing in the gazetteer, and all candidates are small places.
    NothingLarge "nothing-large" Prior;
    /// Nothing in the gazetteer, and no candidate has this as its canonical name.
    NothingCanonical "nothing-canonical" Prior;
    /// Nothing in the gazetteer, by the share of candidates in countries that the document has.
    NothingHeard "nothing-heard" CountryContext;
    /// Nothing in the gazetteer, and a word beside the name says a type that no candidate has.
    NothingTyped "nothing-typed" PlaceType;
}

/// How many features there are.
pub const FEATURES: usize = Feature::ALL.len();
