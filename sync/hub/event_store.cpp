// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/event_store.h"

#include "core/bundle/archive.h"

namespace vigil::hub {
namespace {

// Half of the id: member names of an archive are short, and 128 bits name an event well enough.
std::string file_name(std::string_view text) {
  return trust::event_id(text).substr(0, 32) + std::string(trust::kEventEnding);
}

}  // namespace

Result<std::unique_ptr<EventStore>> EventStore::open(Files& files, std::string folder) {
  std::unique_ptr<EventStore> store(new EventStore(files, std::move(folder)));
  VIGIL_TRY(files.make_directories(store->folder_));
  VIGIL_ASSIGN(const auto names, files.list(store->folder_));
  for (const std::string& name : names) {
    if (!name.ends_with(trust::kEventEnding)) continue;
    VIGIL_ASSIGN(const Bytes content,
                 files.read(store->folder_ + "/" + name, trust::kEventLimitBytes));
    // A damaged file is left where it is for a person to see, and not handed on.
    if (auto event = trust::read_event(as_text(content)))
      store->events_[name] = {std::move(*event), std::string(as_text(content))};
  }
  return store;
}

Status EventStore::take(std::string_view text, const trust::Roster& roster) {
  VIGIL_ASSIGN(const trust::Event event, trust::read_event(text));
  VIGIL_TRY(trust::judge_event(roster, event));
  const std::lock_guard lock(mutex_);
  const std::string name = file_name(text);
  if (events_.contains(name)) return {};
  if (event.kind == trust::EventKind::kHeartbeat) {
    for (const auto& [other_name, other] : events_)
      if (other.event.kind == event.kind && other.event.device == event.device &&
          other.event.sequence > event.sequence)
        return {};
  }
  if (events_.size() >= kLimit)
    return fail(ErrorKind::kStorage, "hub.events_full",
                "The hub keeps no more events; ask its administrator to look.");
  VIGIL_TRY(files_.write_atomically(folder_ + "/" + name, as_bytes(text), false));
  events_[name] = {event, std::string(text)};
  return drop_older_heartbeats(event);
}

Status EventStore::drop_older_heartbeats(const trust::Event& event) {
  if (event.kind != trust::EventKind::kHeartbeat) return {};
  for (auto at = events_.begin(); at != events_.end();) {
    const bool older = at->second.event.kind == event.kind &&
                       at->second.event.device == event.device &&
                       at->second.event.sequence < event.sequence;
    if (older) VIGIL_TRY(files_.remove(folder_ + "/" + at->first));
    at = older ? events_.erase(at) : std::next(at);
  }
  return {};
}

Result<Bytes> EventStore::archive() {
  const std::lock_guard lock(mutex_);
  std::vector<bundle::Member> members;
  for (const auto& [name, kept] : events_) members.push_back({name, to_bytes(kept.text)});
  if (members.empty()) return Bytes();
  return bundle::write_archive(members);
}

}  // namespace vigil::hub
