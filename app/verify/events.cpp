// SPDX-License-Identifier: Apache-2.0
#include "app/verify/events.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace vigil::verify {
namespace {

std::string label_of(const trust::Roster& roster, const crypto::minisign::PublicKey& key) {
  const trust::Device* device = roster.find_device(key);
  return device == nullptr ? "" : device->label;
}

bool has(const Chain& chain, std::uint64_t sequence, const bundle::BundleId& id) {
  const auto links = chain.find(sequence);
  return links != chain.end() &&
         std::ranges::find(links->second, id, &Link::id) != links->second.end();
}

// Whether the chain that is seen agrees with what was said of it.
Claim judge_agreement(const trust::Event& event, const Chain& chain) {
  const bool seen = chain.contains(event.sequence);
  switch (event.kind) {
    case trust::EventKind::kTombstone:
      return seen ? does_not_hold("agrees",
                                  fmt::format("number {} is here all the same", event.sequence))
                  : holds("agrees", fmt::format("number {} is not here", event.sequence));
    case trust::EventKind::kPlan:
      return holds("agrees", fmt::format("planned up to number {}", event.sequence));
    case trust::EventKind::kHeartbeat:
    case trust::EventKind::kBranch:
      if (event.sequence == 0)
        return holds("agrees", event.kind == trust::EventKind::kBranch
                                   ? "the histories have no bundle in common"
                                   : "nothing was sealed yet");
      if (!seen)
        return unchecked("agrees",
                         fmt::format("number {}, which it names, is not here", event.sequence));
      return has(chain, event.sequence, event.bundle)
                 ? holds("agrees",
                         fmt::format("number {} is the one that it names", event.sequence))
                 : does_not_hold("agrees", fmt::format("it names another bundle {} than the one "
                                                       "here: the device has two histories",
                                                       event.sequence));
  }
  return unchecked("agrees", "its kind is unknown");
}

}  // namespace

ReadEvents read_events(Files& files, const std::vector<std::string>& paths,
                       const trust::Roster& roster) {
  ReadEvents events;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    EventReport report;
    report.file = path;
    const auto content = files.read(path, trust::kEventLimitBytes);
    if (!content) {
      events.unreadable = true;
      for (const std::string_view claim : {"event_signature", "event_signer", "agrees"})
        report.claims.push_back(
            unchecked(claim, "the file could not be read: " + content.error().message));
      events.reports.push_back(std::move(report));
      continue;
    }
    const auto event = trust::read_event(as_text(*content));
    if (!event) {
      report.claims.push_back(does_not_hold("event_signature", event.error().message));
      report.claims.push_back(unchecked("event_signer", "its signature does not hold"));
      report.claims.push_back(unchecked("agrees", "its signature does not hold"));
      events.reports.push_back(std::move(report));
      continue;
    }
    report.kind = trust::to_string(event->kind);
    report.device = label_of(roster, event->device);
    report.signer = label_of(roster, event->signer);
    report.sequence = event->sequence;
    report.reason = event->reason;
    report.claims.push_back(holds("event_signature", "Ed25519 over BLAKE2b-512"));
    if (const Status may = trust::judge_event(roster, *event); !may) {
      report.claims.push_back(does_not_hold("event_signer", may.error().message));
      report.claims.push_back(unchecked("agrees", "who signed it does not count"));
    } else {
      report.claims.push_back(holds("event_signer", fmt::format("{}, as of roster version {}",
                                                                report.signer, roster.version)));
      if (seen.insert(trust::event_id(as_text(*content))).second)
        events.known.push_back({path, *event, report.signer});
    }
    events.reports.push_back(std::move(report));
  }
  return events;
}

void compare_events(ReadEvents& events, const Chains& chains) {
  static const Chain kNothing;
  for (EventReport& report : events.reports) {
    const auto known = std::ranges::find(events.known, report.file, &KnownEvent::file);
    if (known == events.known.end()) {
      if (report.claims.size() == 2)
        report.claims.push_back(holds("agrees", "the same event is in another file"));
      continue;
    }
    const auto chain = chains.find(known->event.device);
    report.claims.push_back(
        judge_agreement(known->event, chain == chains.end() ? kNothing : chain->second));
  }
}

DeviceWord words_about(const ReadEvents& events, const crypto::minisign::PublicKey& device) {
  DeviceWord word;
  for (const KnownEvent& known : events.known) {
    const trust::Event& event = known.event;
    if (event.device != device) continue;
    if (event.kind == trust::EventKind::kTombstone)
      word.tombstones[event.sequence] = fmt::format("{}, says {}", event.reason, known.signer);
    if (event.kind == trust::EventKind::kBranch) word.branches.push_back(event.sequence);
    const bool heartbeat = event.kind == trust::EventKind::kHeartbeat;
    if (!heartbeat && event.kind != trust::EventKind::kPlan) continue;
    auto& tail = heartbeat ? word.heartbeat : word.plan;
    if (!tail || event.sequence > tail->sequence)
      tail = DeviceWord::Tail{
          event.sequence, event.bundle,
          fmt::format("{} ({})", heartbeat ? "its heartbeat" : "the plan", known.file)};
  }
  return word;
}

Claim judge_tail(const Chain& chain, const DeviceWord& word) {
  if (!word.heartbeat && !word.plan)
    return unchecked("tail",
                     "no signed plan or heartbeat says how many bundles this device has made");
  const std::uint64_t last = chain.empty() ? 0 : chain.rbegin()->first;
  std::string said;
  for (const auto* tail : {&word.heartbeat, &word.plan}) {
    if (!*tail) continue;
    const DeviceWord::Tail& words = **tail;
    std::uint64_t missing = 0;
    for (std::uint64_t n = last + 1; n <= words.sequence && missing <= kGapsListed; ++n)
      if (!word.tombstones.contains(n)) ++missing;
    if (missing > 0)
      return does_not_hold(
          "tail", fmt::format("{} says {}, the last seen is {}", words.said, words.sequence, last));
    said += fmt::format("{}{} says {}", said.empty() ? "" : ", ", words.said, words.sequence);
  }
  return holds("tail", fmt::format("{}; the last seen is {}", said, last));
}

}  // namespace vigil::verify
