//! Pages of long lists.

/// The number of a page, from 1 to a bound that keeps any database happy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageNumber(u32);

impl PageNumber {
    /// The last page that can be asked for.
    pub const LAST: u32 = 10_000;

    /// The page asked for: anything that is no number of a page asks for the first.
    #[must_use]
    pub fn asked(text: Option<&str>) -> Self {
        Self(text.and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, Self::LAST))
    }

    /// The number, from 1.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// How many items come before this page.
    #[must_use]
    pub fn offset(self, per_page: u32) -> u64 {
        u64::from(self.0 - 1) * u64::from(per_page)
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What stands on the page.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
    /// Which page this is.
    pub number: PageNumber,
    /// How many stand on a full page.
    pub per_page: u32,
}

impl<T> Page<T> {
    /// A page of a list that is there as a whole.
    #[must_use]
    pub fn of(all: Vec<T>, number: PageNumber, per_page: u32) -> Self {
        let total = all.len() as u64;
        let skip = usize::try_from(number.offset(per_page)).unwrap_or(usize::MAX);
        Self { items: all.into_iter().skip(skip).take(per_page as usize).collect(), total, number, per_page }
    }

    /// How many pages there are, at least one.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.total.div_ceil(u64::from(self.per_page)).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_is_a_page() {
        for (asked, number) in
            [(None, 1), (Some("3"), 3), (Some("0"), 1), (Some("-1"), 1), (Some("99999999999"), 1), (Some("4000000"), 10_000)]
        {
            assert_eq!(PageNumber::asked(asked).get(), number, "{asked:?}");
        }
        let page = Page { items: vec![(); 20], total: 41, number: PageNumber::asked(None), per_page: 20 };
        assert_eq!(page.count(), 3);
    }

    #[test]
    fn pages_of_a_whole_list_follow_each_other() {
        let page = |number: &str| Page::of((1..=5).collect(), PageNumber::asked(Some(number)), 2);
        let pages: Vec<Vec<i32>> = ["1", "2", "3", "4"].map(page).into_iter().map(|page| page.items).collect();
        assert_eq!(pages, [vec![1, 2], vec![3, 4], vec![5], vec![]]);
        assert_eq!((page("2").total, page("2").count()), (5, 3));
    }
}
