//! The figures as Prometheus reads them.

use std::{fmt, sync::Arc};

use domain::LinkState;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeGaugeValue, NoLabelSet, prometheus_text},
    metrics::MetricType,
    registry::Registry,
};
use store::{Engine, Pool, Vitals};

use super::{Answers, Process};
use crate::front::Figures;

pub(crate) use prometheus_text::CONTENT_TYPE;

/// How many links there are in each state.
pub(crate) type Links = Arc<[(Option<LinkState>, u64)]>;

/// Everything that is told, at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// What was answered.
    pub answers: Arc<Answers>,
    /// What was kept already.
    pub kept: Arc<Figures>,
    /// The process.
    pub process: Process,
    /// The engine of the database.
    pub engine: Engine,
    /// The connections to it.
    pub pool: Pool,
    /// What the record tells; `None` while the database does not answer.
    pub record: Option<(Vitals, Links)>,
}

impl Snapshot {
    /// The figures in Prometheus' text format.
    ///
    /// # Errors
    /// None but a fault of the program.
    pub(crate) fn text(self) -> Result<String, fmt::Error> {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(self));
        let mut text = String::new();
        prometheus_text::encode(&mut text, &registry)?;
        Ok(text)
    }

    fn requests(&self, told: &mut Told<'_>) -> fmt::Result {
        let help = "Requests by route, method and class of status; none: given up before there was an answer";
        let mut requests = told.0.encode_descriptor("pledgebook_http_requests", help, None, MetricType::Counter)?;
        for series in self.answers.routes() {
            for (method, status, count) in series.answers() {
                let labels = [("route", &*series.route), ("method", method), ("status", status)];
                requests.encode_family(&labels)?.encode_counter::<NoLabelSet, _, u64>(&count, None)?;
            }
        }
        let (name, help) = ("pledgebook_http_request_duration_seconds", "Seconds until an answer begins, by route");
        let mut durations = told.0.encode_descriptor(name, help, None, MetricType::Histogram)?;
        for series in self.answers.routes() {
            let (buckets, sum) = series.durations();
            let count = buckets.iter().map(|(_, count)| count).sum();
            if count > 0 {
                let labels = [("route", &*series.route)];
                durations.encode_family(&labels)?.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)?;
            }
        }
        let help = "Answers that were kept already (yes), which no route made and counts, or were made to be kept (no)";
        let mut kept = told.0.encode_descriptor("pledgebook_kept_answers", help, None, MetricType::Counter)?;
        for (found, count) in [("yes", self.kept.hits()), ("no", self.kept.misses())] {
            kept.encode_family(&[("found", found)])?.encode_counter::<NoLabelSet, _, u64>(&count, None)?;
        }
        told.gauge("pledgebook_http_requests_in_flight", "Requests being answered", &self.answers.in_flight())
    }

    fn database(&self, told: &mut Told<'_>) -> fmt::Result {
        let Pool { open, idle, most } = self.pool;
        told.gauge("pledgebook_database_up", "Whether the database answers", &i64::from(self.record.is_some()))?;
        let states = [("idle", u64::from(idle)), ("busy", u64::from(open.saturating_sub(idle)))];
        told.gauges("pledgebook_database_connections", "Open connections to the database", "state", states)?;
        told.gauge("pledgebook_database_connections_max", "Connections to the database that there may be", &i64::from(most))
    }

    fn record(&self, told: &mut Told<'_>) -> fmt::Result {
        let Some((vitals, links)) = &self.record else { return Ok(()) };
        let states = LinkState::ALL.iter().copied().map(Some).chain([None]);
        let count = |state| links.iter().find(|(of, _)| *of == state).map_or(0, |(_, links)| *links);
        let links = states.map(|state| (state.map_or("unknown", LinkState::code), count(state)));
        told.gauge("pledgebook_record_revision", "The newest revision of the record", &vitals.revision)?;
        told.gauge("pledgebook_log_entries", "Entries of the record's log", &vitals.log_entries)?;
        told.gauge("pledgebook_captures_waiting", "Sources to be fetched by now, or being fetched", &vitals.captures_waiting)?;
        told.gauge("pledgebook_links_waiting", "Links to be looked at by now", &vitals.links_waiting)?;
        told.gauges("pledgebook_links", "Links of published sources, by how they fare; as of the last minute", "state", links)
    }

    fn process(&self, told: &mut Told<'_>) -> fmt::Result {
        let Process { started, resident, cpu, files } = self.process;
        told.gauge("process_start_time_seconds", "When the process started, in seconds since 1970", &started)?;
        if let Some(resident) = resident {
            told.gauge("process_resident_memory_bytes", "Bytes in memory", &resident)?;
        }
        if let Some(files) = files {
            told.gauge("process_open_fds", "Open files and connections", &files)?;
        }
        if let Some(cpu) = cpu {
            let help = "Seconds for which a core was kept busy";
            let mut seconds = told.0.encode_descriptor("process_cpu_seconds", help, None, MetricType::Counter)?;
            seconds.encode_counter::<NoLabelSet, _, u64>(&cpu, None)?;
        }
        let engine = match self.engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        let labels = [("version", env!("CARGO_PKG_VERSION")), ("engine", engine)];
        let help = "Always 1: which version this is, and on which engine";
        told.0.encode_descriptor("pledgebook_build_info", help, None, MetricType::Gauge)?.encode_family(&labels)?.encode_gauge(&1)
    }
}

impl Collector for Snapshot {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut told = Told(encoder);
        self.requests(&mut told)?;
        self.database(&mut told)?;
        self.record(&mut told)?;
        self.process(&mut told)
    }
}

/// What has been told so far.
struct Told<'a>(DescriptorEncoder<'a>);

impl Told<'_> {
    fn gauge(&mut self, name: &str, help: &str, value: &impl EncodeGaugeValue) -> fmt::Result {
        self.0.encode_descriptor(name, help, None, MetricType::Gauge)?.encode_gauge(value)
    }

    fn gauges<'v>(
        &mut self,
        name: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'v str, u64)>,
    ) -> fmt::Result {
        let mut gauges = self.0.encode_descriptor(name, help, None, MetricType::Gauge)?;
        values.into_iter().try_for_each(|(value, number)| gauges.encode_family(&[(label, value)])?.encode_gauge(&number))
    }
}
