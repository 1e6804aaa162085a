// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/hub.h"

#include <utility>

#include <fmt/format.h>

#include "core/base/json.h"
#include "sync/protocol/tus.h"

namespace vigil::hub {
namespace {

constexpr std::uint64_t kLogKeyLimitBytes = 4096;

// Every reply says that it is the hub's: a client takes one without this for a captive portal's.
void stamp(Response& response) {
  response.headers[std::string(sync::tus::kVersionHeader)] = sync::tus::kVersion;
  response.headers["X-Content-Type-Options"] = "nosniff";
}

class Stamped final : public Exchange {
 public:
  explicit Stamped(std::unique_ptr<Exchange> inner) : inner_(std::move(inner)) {}
  bool receive(ByteView bytes) override { return inner_->receive(bytes); }
  bool decided() const override { return inner_->decided(); }
  Response finish() override {
    Response response = inner_->finish();
    stamp(response);
    return response;
  }

 private:
  std::unique_ptr<Exchange> inner_;
};

std::unique_ptr<Exchange> not_allowed(std::string_view allow) {
  Response response = error_response(
      405, {ErrorKind::kUsage, "hub.method", "This address does not take this method."});
  response.headers["Allow"] = allow;
  return answer_at_once(std::move(response));
}

}  // namespace

int status_of(const Error& error) {
  if (error.code == "hub.auth") return 401;
  if (error.code == "hub.range") return 416;
  if (error.code == "hub.size") return 413;
  if (error.code.starts_with("tus.") || error.kind == ErrorKind::kUsage) return 400;
  switch (error.kind) {
    case ErrorKind::kUsage:
      return 400;
    case ErrorKind::kInvalid:
      return 422;
    case ErrorKind::kDenied:
      return 403;
    case ErrorKind::kConflict:
      return 409;
    case ErrorKind::kNotFound:
      return 404;
    case ErrorKind::kUnavailable:
      return 503;
    case ErrorKind::kStorage:
      return 507;
  }
  return 500;
}

Hub::Hub(Files& files, const Clock& clock, std::string folder, HubOptions options, EventSink sink)
    : files_(files),
      clock_(clock),
      folder_(std::move(folder)),
      options_(options),
      sink_(std::move(sink)),
      challenges_(clock) {}

Result<std::unique_ptr<Hub>> Hub::open(Files& files, const Clock& clock, std::string folder,
                                       HubOptions options, EventSink sink) {
  std::unique_ptr<Hub> hub(new Hub(files, clock, std::move(folder), options, std::move(sink)));
  VIGIL_ASSIGN(hub->rosters_, RosterStore::open(files, hub->folder_));
  VIGIL_ASSIGN(Bytes key_text, files.read(hub->folder_ + "/log.key", kLogKeyLimitBytes));
  while (!key_text.empty() && key_text.back() == '\n') key_text.pop_back();
  auto key = log::SignerKey::parse(crypto::SecretBytes::copy_of(key_text));
  crypto::wipe(key_text);
  if (!key) return std::unexpected(std::move(key).error());
  if (key->verifier() != hub->rosters_->current()->roster.log) {
    return fail(ErrorKind::kInvalid, "hub.log_key",
                fmt::format("{}/log.key is not the log key that the roster names: use the folder "
                            "that 'vigilctl office hub' wrote.",
                            hub->folder_));
  }
  VIGIL_ASSIGN(hub->ledger_, Ledger::open(files, hub->folder_, std::move(*key)));
  VIGIL_ASSIGN(hub->events_, EventStore::open(files, hub->folder_ + "/events"));
  VIGIL_TRY(files.make_directories(hub->folder_ + "/refused"));
  VIGIL_TRY(hub->recover());
  return hub;
}

void Hub::tell(std::string_view what, const bundle::BundleId* id, std::string outcome) const {
  if (!sink_) return;
  sink_({clock_.now(), what, id == nullptr ? "" : to_string(*id).substr(0, 8), std::move(outcome)});
}

std::unique_ptr<Exchange> Hub::begin(const Request& request) {
  return std::make_unique<Stamped>(route(request));
}

std::unique_ptr<Exchange> Hub::route(const Request& request) {
  const std::string_view path = request.path;
  if (path == "/files" || path == "/files/" || path.starts_with("/files/")) {
    return route_upload(request);
  }
  if (path == "/bundles" || path.starts_with("/bundles/")) return route_bundle(request);
  if (path == "/roster") return route_roster(request);
  if (path == "/events") return route_events(request);
  const bool get = request.method == "GET" || request.method == "HEAD";
  if (path == "/log/cosigned" && request.method == "POST") {
    return collect_body(log::kNoteLimitBytes,
                        [this](ByteView note) { return take_cosigned(note); });
  }
  if (path.starts_with("/log/")) {
    if (!get) return not_allowed("GET, HEAD");
    return answer_at_once(send_log_file(path.substr(5)));
  }
  if (path == "/challenge") {
    return get ? answer_at_once(send_challenge()) : not_allowed("GET, HEAD");
  }
  if (path == "/health") {
    if (!get) return not_allowed("GET, HEAD");
    return answer_at_once(
        json_response(200, emit_json(Json(Json::Object{{"status", Json("ok")}}))));
  }
  return answer_at_once(error_response(
      404, {ErrorKind::kNotFound, "hub.path", "The hub has nothing at this address."}));
}

std::unique_ptr<Exchange> Hub::route_upload(const Request& request) {
  if (request.method == "OPTIONS") return answer_at_once(options_reply());
  const std::string* version = request.header("tus-resumable");
  if (version == nullptr || *version != sync::tus::kVersion) {
    Response response =
        error_response(412, {ErrorKind::kUsage, "tus.version", "The hub speaks tus 1.0.0."});
    response.headers["Tus-Version"] = sync::tus::kVersion;
    return answer_at_once(std::move(response));
  }
  if (request.path == "/files" || request.path == "/files/") {
    if (request.method != "POST") return not_allowed("OPTIONS, POST");
    return answer_at_once(create_upload(request));
  }
  const auto id = bundle::parse_bundle_id(std::string_view(request.path).substr(7));
  if (!id) {
    return answer_at_once(
        error_response(404, {ErrorKind::kNotFound, "hub.no_upload", "There is no such upload."}));
  }
  if (request.method == "HEAD") return answer_at_once(head_upload(*id));
  if (request.method == "PATCH") return patch_upload(request, *id);
  if (request.method == "DELETE") return answer_at_once(delete_upload(*id));
  return not_allowed("OPTIONS, HEAD, PATCH, DELETE");
}

std::unique_ptr<Exchange> Hub::route_bundle(const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return not_allowed("GET, HEAD");
  std::string_view rest = std::string_view(request.path).substr(8);
  if (rest.empty()) return answer_at_once(list_bundles(request));
  rest.remove_prefix(1);
  constexpr std::string_view kReceipt = "/receipt";
  const bool receipt = rest.ends_with(kReceipt);
  if (receipt) rest.remove_suffix(kReceipt.size());
  const auto id = bundle::parse_bundle_id(rest);
  if (!id) {
    return answer_at_once(error_response(
        404, {ErrorKind::kNotFound, "hub.no_bundle", "The hub has no bundle with this id."}));
  }
  return answer_at_once(receipt ? send_receipt(*id) : send_bundle(request, *id));
}

std::unique_ptr<Exchange> Hub::route_events(const Request& request) {
  if (request.method == "POST") {
    return collect_body(trust::kEventLimitBytes,
                        [this](ByteView text) { return take_event(text); });
  }
  if (request.method != "GET" && request.method != "HEAD") return not_allowed("GET, HEAD, POST");
  const auto archive = events_->archive();
  if (!archive) return answer_at_once(error_response(status_of(archive.error()), archive.error()));
  Response response;
  response.headers["Content-Type"] = "application/x-tar";
  response.headers["Cache-Control"] = "no-store";
  response.body = as_text(*archive);
  return answer_at_once(std::move(response));
}

std::unique_ptr<Exchange> Hub::route_roster(const Request& request) {
  if (request.method == "PUT") {
    return collect_body(kRosterLimitBytes,
                        [this](ByteView archive) { return publish_roster(archive); });
  }
  if (request.method != "GET" && request.method != "HEAD") return not_allowed("GET, HEAD, PUT");
  Response response;
  response.headers["Content-Type"] = "application/x-tar";
  response.headers["Cache-Control"] = "no-store";
  response.body = as_text(rosters_->current()->archive);
  return answer_at_once(std::move(response));
}

}  // namespace vigil::hub
