//! How far the imports are that this server is applying, and what came of those that it has just ended.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::pages::desk::ImportNews;
use store::Stage;
use uuid::Uuid;

/// How long whoever applies an import waits for its end before they are shown how far it is.
pub(super) const AT_ONCE: Duration = Duration::from_millis(1_500);

/// How long whoever sends files waits for the plan before they are shown how far it is.
pub(super) const PLANNED: Duration = Duration::from_secs(8);

/// What happens to imports. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Imports(Arc<Mutex<HashMap<Uuid, ImportNews>>>);

/// An import that is being applied. It ends when this is dropped, whatever happened.
pub(super) struct Running {
    imports: Imports,
    id: Uuid,
    news: Mutex<Option<ImportNews>>,
}

impl Imports {
    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, ImportNews>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to apply one; `None` if it is being applied already.
    pub(super) fn begin(&self, id: Uuid) -> Option<Running> {
        let mut all = self.all();
        if matches!(all.get(&id), Some(ImportNews::Running(..))) {
            return None;
        }
        all.insert(id, ImportNews::Running(Stage::Comparing, 0, 0));
        Some(Running { imports: self.clone(), id, news: Mutex::new(Some(ImportNews::Failed)) })
    }

    /// What is happening to an import. What has happened is told once.
    pub(super) fn news(&self, id: Uuid) -> Option<ImportNews> {
        let mut all = self.all();
        match all.get(&id) {
            Some(news @ ImportNews::Running(..)) => Some(*news),
            _ => all.remove(&id),
        }
    }

    /// Leaves news for the next who looks.
    pub(super) fn leave(&self, id: Uuid, news: ImportNews) {
        self.all().insert(id, news);
    }
}

impl Running {
    /// Tells how far it is.
    pub(super) fn tell(&self, stage: Stage, done: usize, total: usize) {
        self.imports.leave(self.id, ImportNews::Running(stage, done, total));
    }

    /// Ends it, with news if there are any to tell.
    pub(super) fn end(self, news: Option<ImportNews>) {
        *self.news.lock().unwrap_or_else(PoisonError::into_inner) = news;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner).take();
        match news {
            Some(news) => self.imports.leave(self.id, news),
            None => _ = self.imports.all().remove(&self.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_runs_once_at_a_time_and_its_end_is_told_once() {
        let (imports, id) = (Imports::default(), Uuid::nil());
        let running = imports.begin(id).unwrap();
        assert!(imports.begin(id).is_none());
        running.tell(Stage::Writing, 1, 2);
        assert_eq!(imports.news(id), Some(ImportNews::Running(Stage::Writing, 1, 2)));
        running.end(Some(ImportNews::PlanChanged));
        assert_eq!((imports.news(id), imports.news(id)), (Some(ImportNews::PlanChanged), None));
        // One that breaks off is no longer running either.
        drop(imports.begin(id).unwrap());
        assert_eq!(imports.news(id), Some(ImportNews::Failed));
        imports.begin(id).unwrap().end(None);
        assert_eq!(imports.news(id), None);
    }
}
