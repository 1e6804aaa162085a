// SPDX-License-Identifier: Apache-2.0
//
// The hub: takes sealed bundles, proves that it has them, hands them to the office. It holds no
// opening key and learns only what a manifest says. docs/formats/hub.md has every request and
// reply. Thread: safe from any.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "sync/hub/challenge.h"
#include "sync/hub/event_store.h"
#include "sync/hub/http.h"
#include "sync/hub/ledger.h"
#include "sync/hub/roster_store.h"
#include "sync/hub/uploads.h"

namespace vigil::hub {

struct HubOptions {
  std::uint64_t upload_limit_bytes = std::uint64_t{2} << 30;
  std::size_t open_uploads_limit = 1000;
  // Far above the 90 days promised, so that a tablet that was away for months goes on.
  std::int64_t upload_lifetime_days = 180;
};

// One line for the administrator: what happened, to which bundle (the first 8 digits of its id),
// with which outcome. Never an address, a key or content.
struct Event {
  WallTime time;
  std::string_view what;  // "upload.begin", "bundle.taken", "bundle.refused", ...
  std::string bundle;     // short id, or empty
  std::string outcome;    // a code, an HTTP status, or empty
};
using EventSink = std::function<void(const Event&)>;

class Hub {
 public:
  // `folder` as `vigilctl office hub` prepared it: roster.json, roster.json.minisig, root.pub,
  // log.key. Finishes what a crash interrupted. kNotFound: not prepared; kInvalid: its parts do not
  // belong together. `files` and `clock` must outlive the hub.
  [[nodiscard]] static Result<std::unique_ptr<Hub>> open(Files& files, const Clock& clock,
                                                         std::string folder, HubOptions options,
                                                         EventSink sink);

  // The one entrance: every request goes through here.
  [[nodiscard]] std::unique_ptr<Exchange> begin(const Request& request);

  [[nodiscard]] std::uint64_t bundle_count() { return ledger_->size(); }

  // For the exchanges below.
  [[nodiscard]] Result<LedgerEntry> file_upload(Upload& upload);
  void tell(std::string_view what, const bundle::BundleId* id, std::string outcome) const;
  // The reply to a failure on the way in; tells "bundle.waiting" where it is the disk's.
  [[nodiscard]] Response failed_upload(const bundle::BundleId& id, const Error& error) const;

 private:
  Hub(Files& files, const Clock& clock, std::string folder, HubOptions options, EventSink sink);
  Status recover();

  [[nodiscard]] std::unique_ptr<Exchange> route(const Request& request);
  [[nodiscard]] std::unique_ptr<Exchange> route_upload(const Request& request);
  [[nodiscard]] std::unique_ptr<Exchange> route_bundle(const Request& request);
  [[nodiscard]] std::unique_ptr<Exchange> route_roster(const Request& request);

  [[nodiscard]] Response options_reply() const;
  [[nodiscard]] Response create_upload(const Request& request);
  [[nodiscard]] Result<UploadTicket> admit(const Request& request) const;
  [[nodiscard]] Response head_upload(const bundle::BundleId& id);
  [[nodiscard]] std::unique_ptr<Exchange> patch_upload(const Request& request,
                                                       const bundle::BundleId& id);
  [[nodiscard]] Response delete_upload(const bundle::BundleId& id);
  [[nodiscard]] Response list_bundles(const Request& request);
  [[nodiscard]] Response send_bundle(const Request& request, const bundle::BundleId& id);
  [[nodiscard]] Response send_receipt(const bundle::BundleId& id);
  [[nodiscard]] Response send_log_file(std::string_view name);
  [[nodiscard]] Response send_challenge();
  [[nodiscard]] Response publish_roster(ByteView archive);
  [[nodiscard]] Response take_cosigned(ByteView note);
  [[nodiscard]] std::unique_ptr<Exchange> route_events(const Request& request);
  [[nodiscard]] Response take_event(ByteView text);
  [[nodiscard]] WitnessPolicy witness_policy() const;

  [[nodiscard]] Result<LedgerEntry> judge_and_take(Upload& upload);
  void keep_refused(const Upload& upload, const Error& reason);

  Files& files_;
  const Clock& clock_;
  const std::string folder_;
  const HubOptions options_;
  const EventSink sink_;
  Challenges challenges_;
  std::unique_ptr<RosterStore> rosters_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<EventStore> events_;
  std::unique_ptr<Uploads> uploads_;
};

// What the roster lets a device put in: not revoked, after its enrolment, to recipients of the
// roster only. True: it came in time; false: "unproven time". kDenied "bundle.stranger",
// "hub.revoked", "hub.enrolment"; kInvalid "roster.recipients".
[[nodiscard]] Result<bool> judge_by_roster(const trust::Roster& roster,
                                           const bundle::Manifest& manifest);

// The HTTP status that tells this failure.
[[nodiscard]] int status_of(const Error& error);

}  // namespace vigil::hub
