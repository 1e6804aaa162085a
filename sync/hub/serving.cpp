// SPDX-License-Identifier: Apache-2.0
//
// What the hub hands out: receipts and the log to anybody, bundles to the office, rosters both
// ways.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/json.h"
#include "sync/hub/hub.h"
#include "sync/protocol/tus.h"

namespace vigil::hub {
namespace {

// A page of the list stays far below a client's limit for JSON.
constexpr std::size_t kListLimit = 500;

Response failed(const Error& error) {
  Response response = error_response(status_of(error), error);
  if (response.status == 401) response.headers["WWW-Authenticate"] = "Vigil";
  return response;
}

// Names of log files: parts of [a-z0-9.], none of them "." or ".." or empty.
bool is_log_file(std::string_view name) {
  if (name == "checkpoint" || name == "cosigned") return true;
  if (!name.starts_with("tile/") || name.size() > 128) return false;
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '/';
  });
  return plain && name.find("..") == std::string_view::npos &&
         name.find("//") == std::string_view::npos && name.find("/.") == std::string_view::npos &&
         !name.ends_with('/');
}

Json to_json(const LedgerEntry& entry) {
  return Json(Json::Object{
      {"index", Json(static_cast<std::int64_t>(entry.index))},
      {"id", Json(to_string(entry.id))},
      {"device", Json(crypto::minisign::to_string(entry.device))},
      {"sequence", Json(static_cast<std::int64_t>(entry.sequence))},
      {"size_bytes", Json(static_cast<std::int64_t>(entry.size_bytes))},
      {"alarm", Json(to_string(entry.alarm))},
  });
}

}  // namespace

Response Hub::send_challenge() {
  Response response;
  response.headers["Content-Type"] = "text/plain";
  response.headers["Cache-Control"] = "no-store";
  response.body = challenges_.issue() + "\n";
  return response;
}

Response Hub::list_bundles(const Request& request) {
  if (const Status known =
          check_authorization(request.header("authorization"), request.method, request.target,
                              rosters_->current()->roster, challenges_);
      !known) {
    tell("bundles.denied", nullptr, known.error().code);
    return failed(known.error());
  }
  std::optional<std::uint64_t> after;
  if (const auto asked = request.query.find("after"); asked != request.query.end()) {
    after = parse_decimal(asked->second);
    if (!after) {
      return failed({ErrorKind::kUsage, "hub.after", "\"after\" is the index of a log entry."});
    }
  }
  Json::List entries;
  for (const LedgerEntry& entry : ledger_->list(after, kListLimit)) {
    entries.push_back(to_json(entry));
  }
  return json_response(
      200,
      emit_json(Json(Json::Object{{"log_size", Json(static_cast<std::int64_t>(ledger_->size()))},
                                  {"bundles", Json(std::move(entries))}})));
}

Response Hub::send_bundle(const Request& request, const bundle::BundleId& id) {
  if (const Status known =
          check_authorization(request.header("authorization"), request.method, request.target,
                              rosters_->current()->roster, challenges_);
      !known) {
    tell("bundle.denied", &id, known.error().code);
    return failed(known.error());
  }
  auto file = ledger_->open_bundle(id);
  if (!file) return failed(file.error());
  const std::uint64_t size_bytes = (*file)->size_bytes();
  Response response;
  response.headers["Content-Type"] = "application/x-tar";
  response.headers["Accept-Ranges"] = "bytes";
  response.headers["Cache-Control"] = "no-store";
  FileRange range{std::move(*file), 0, size_bytes};
  if (const std::string* asked = request.header("range")) {
    const auto part = parse_range(*asked, size_bytes);
    if (!part) {
      Response refused = failed(part.error());
      refused.headers["Content-Range"] = fmt::format("bytes */{}", size_bytes);
      return refused;
    }
    response.status = 206;
    response.headers["Content-Range"] =
        fmt::format("bytes {}-{}/{}", part->first, part->last, size_bytes);
    range.offset_bytes = part->first;
    range.size_bytes = part->last - part->first + 1;
  }
  response.file = std::move(range);
  tell("bundle.sent", &id, std::to_string(response.status));
  return response;
}

Response Hub::send_receipt(const bundle::BundleId& id) {
  const auto receipt = ledger_->receipt(id, witness_policy());
  if (!receipt) return failed(receipt.error());
  Response response;
  response.headers["Content-Type"] = "text/plain; charset=utf-8";
  response.headers["Cache-Control"] = "no-store";
  if (const auto entry = ledger_->find(id); entry && entry->alarm != Alarm::kNone) {
    response.headers[std::string(sync::tus::kAlarmHeader)] = to_string(entry->alarm);
  }
  response.body = *receipt;
  return response;
}

Response Hub::send_log_file(std::string_view name) {
  auto file =
      is_log_file(name)
          ? files_.open(folder_ + "/log/" + std::string(name))
          : Result<std::unique_ptr<ReadableFile>>(fail(ErrorKind::kNotFound, "hub.path", ""));
  if (!file) {
    return failed({ErrorKind::kNotFound, "hub.path", "The log has no such file."});
  }
  Response response;
  const bool checkpoint = !name.starts_with("tile/");
  response.headers["Content-Type"] =
      checkpoint ? "text/plain; charset=utf-8" : "application/octet-stream";
  response.headers["Cache-Control"] = checkpoint ? "no-store" : "max-age=31536000, immutable";
  const std::uint64_t size_bytes = (*file)->size_bytes();
  response.file = FileRange{std::move(*file), 0, size_bytes};
  return response;
}

WitnessPolicy Hub::witness_policy() const {
  const auto published = rosters_->current();
  const trust::Roster& roster = published->roster;
  return {roster.log, roster.witnesses, static_cast<std::size_t>(roster.policy.witness_quorum)};
}

// The signatures in it are the proof of who sends it, so anybody may carry it.
Response Hub::take_cosigned(ByteView note) {
  const auto taken = ledger_->cosign(as_text(note), witness_policy());
  if (!taken) {
    tell("log.not_cosigned", nullptr, taken.error().code);
    return failed(taken.error());
  }
  tell("log.cosigned", nullptr, std::to_string(taken->size));
  return json_response(
      200, emit_json(Json(
               Json::Object{{"size", Json(static_cast<std::int64_t>(taken->size))},
                            {"witnesses", Json(static_cast<std::int64_t>(taken->witnesses))}})));
}

Response Hub::take_event(ByteView text) {
  const auto published = rosters_->current();
  if (const Status taken = events_->take(as_text(text), published->roster); !taken) {
    tell("event.refused", nullptr, taken.error().code);
    return failed(taken.error());
  }
  tell("event.taken", nullptr, "");
  return json_response(
      200, emit_json(Json(Json::Object{{"event", Json(trust::event_id(as_text(text)))}})));
}

Response Hub::publish_roster(ByteView archive) {
  const auto published = rosters_->publish(archive);
  if (!published) {
    tell("roster.refused", nullptr, published.error().code);
    return failed(published.error());
  }
  const std::string version = std::to_string(rosters_->current()->roster.version);
  if (*published) tell("roster.published", nullptr, version);
  return json_response(200, emit_json(Json(Json::Object{{"version", Json(version)}})));
}

}  // namespace vigil::hub
