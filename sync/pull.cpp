// SPDX-License-Identifier: Apache-2.0
#include "sync/pull.h"

#include <utility>

#include <fmt/format.h>

#include "core/base/json.h"
#include "core/bundle/archive.h"
#include "core/bundle/check.h"
#include "sync/protocol/authorization.h"

namespace vigil::sync {
namespace {

constexpr std::string_view kNewline = "\n";

std::unexpected<Error> senseless() {
  return fail(ErrorKind::kUnavailable, "sync.not_the_hub",
              "The hub's answer makes no sense; try again later. Nothing is lost.");
}

// One try with a fresh challenge: a nonce serves one request.
Result<Reply> ask_as_office(HubLink& hub, const crypto::minisign::SecretKey& office, Ask ask) {
  Ask challenge;
  challenge.path = "/challenge";
  VIGIL_ASSIGN(Reply nonce, hub.ask(challenge));
  if (nonce.status != 200 || !nonce.body.ends_with(kNewline)) {
    return std::unexpected(refusal(nonce));
  }
  nonce.body.pop_back();
  ask.headers["Authorization"] = authorization_header(office, ask.method, ask.path, nonce.body);
  return hub.ask(ask);
}

Result<std::vector<Listed>> parse_list(const std::string& body) {
  VIGIL_ASSIGN(const Json json, parse_canonical_json(body, {.size_bytes = std::size_t{16} << 20,
                                                            .depth = 4,
                                                            .trailing_newline = true}));
  JsonReader reader(json, "the hub's list");
  (void)reader.number("log_size", 0, kJsonNumberLimit);
  std::vector<Listed> out;
  for (const Json& item : reader.list("bundles")) {
    JsonReader entry(item, "the hub's list");
    Listed listed;
    listed.index = static_cast<std::uint64_t>(entry.number("index", 0, kJsonNumberLimit));
    const auto id = bundle::parse_bundle_id(entry.string("id"));
    const auto device = crypto::minisign::parse_public_key(entry.string("device"));
    listed.sequence = static_cast<std::uint64_t>(entry.number("sequence", 1, kJsonNumberLimit));
    listed.size_bytes = static_cast<std::uint64_t>(entry.number("size_bytes", 1, kJsonNumberLimit));
    listed.alarm = entry.string("alarm");
    VIGIL_TRY(entry.finish());
    VIGIL_TRY(id);
    VIGIL_TRY(device);
    listed.id = *id;
    listed.device = *device;
    out.push_back(std::move(listed));
  }
  VIGIL_TRY(reader.finish());
  return out;
}

class PartSink final : public crypto::Sink {
 public:
  PartSink(WritableFile& file, std::uint64_t& got_bytes) : file_(file), got_bytes_(got_bytes) {}
  Status write(ByteView bytes) override {
    VIGIL_TRY(file_.append(bytes));
    got_bytes_ += bytes.size();
    return {};
  }

 private:
  WritableFile& file_;
  std::uint64_t& got_bytes_;
};

struct Fetch {
  HubLink& hub;
  const crypto::minisign::SecretKey& office;
  Files& files;
  const PullOptions& options;
  const Listed& listed;
  std::string part;  // what has come so far
};

// Appends what is missing, as far as this one connection goes.
Status fetch_rest(const Fetch& fetch, std::uint64_t& got_bytes) {
  VIGIL_ASSIGN(const auto file, fetch.files.append_to(fetch.part));
  PartSink sink(*file, got_bytes);
  Ask ask;
  ask.path = "/bundles/" + to_string(fetch.listed.id);
  ask.headers["Range"] = fmt::format("bytes={}-", got_bytes);
  ask.download = &sink;
  const std::uint64_t from = got_bytes;
  const auto reply = ask_as_office(fetch.hub, fetch.office, std::move(ask));
  VIGIL_TRY(file->sync());
  if (!reply) return std::unexpected(reply.error());
  if (reply->status != 206 && !(reply->status == 200 && from == 0)) {
    return std::unexpected(refusal(*reply));
  }
  if (got_bytes == fetch.listed.size_bytes) return {};
  return senseless();
}

Status fetch_whole(const Fetch& fetch) {
  std::uint64_t got_bytes = 0;
  if (fetch.files.exists(fetch.part)) {
    VIGIL_ASSIGN(const auto file, fetch.files.open(fetch.part));
    got_bytes = file->size_bytes();
  }
  if (got_bytes > fetch.listed.size_bytes) {
    VIGIL_TRY(fetch.files.remove(fetch.part));
    got_bytes = 0;
  }
  for (int failures = 0; got_bytes < fetch.listed.size_bytes;) {
    const std::uint64_t before = got_bytes;
    const Status step = fetch_rest(fetch, got_bytes);
    if (fetch.options.progress) fetch.options.progress(fetch.listed, got_bytes);
    if (step) continue;
    if (step.error().kind != ErrorKind::kUnavailable) return step;
    if (got_bytes > before) failures = 0;
    if (fetch.hub.gives_up(fetch.options.patience, ++failures)) return step;
    wait_before_retry(fetch.options.patience, failures);
  }
  return {};
}

// Whether the bytes are the listed bundle, as far as the roster lets us tell.
Status check_fetched(const Fetch& fetch) {
  VIGIL_ASSIGN(const auto file, fetch.files.open(fetch.part));
  const auto checked = bundle::check_bundle(*file, fetch.options.devices);
  if (checked && checked->id == fetch.listed.id) return {};
  if (checked || checked.error().code != "bundle.stranger") {
    return checked ? fail(ErrorKind::kInvalid, "sync.other_bundle",
                          "The hub sent another bundle than the one it listed.")
                   : std::unexpected(checked.error());
  }
  return {};
}

Result<Fetched> fetch_bundle(HubLink& hub, const crypto::minisign::SecretKey& office, Files& files,
                             const std::string& inbox, const PullOptions& options,
                             const Listed& listed) {
  const std::string name = to_string(listed.id) + ".vigil";
  Fetched fetched{listed, inbox + "/" + name, false, std::nullopt};
  if (files.exists(fetched.path)) {
    fetched.known = true;
    return fetched;
  }
  const Fetch fetch{hub, office, files, options, listed, fetched.path + ".part"};
  Status checked;
  for (int round = 0; round < 2; ++round) {
    VIGIL_TRY(fetch_whole(fetch));
    checked = check_fetched(fetch);
    if (checked || checked.error().kind == ErrorKind::kStorage) break;
    // Damaged here or on the way, perhaps: once more from the start before it is set aside.
    if (round == 0) VIGIL_TRY(files.remove(fetch.part));
  }
  if (!checked) {
    if (checked.error().kind == ErrorKind::kStorage) return std::unexpected(checked.error());
    VIGIL_TRY(files.make_directories(inbox + "/quarantine"));
    fetched.path = inbox + "/quarantine/" + name;
    fetched.damage = checked.error();
  }
  VIGIL_TRY(files.rename(fetch.part, fetched.path));
  return fetched;
}

// The receipt is evidence of the time, not of the content: where it cannot be had now, the next
// pull asks again. Whoever uses it verifies it.
Status fetch_receipt(HubLink& hub, Files& files, const std::string& inbox,
                     const bundle::BundleId& id) {
  const std::string path = inbox + "/" + to_string(id) + ".receipt";
  if (files.exists(path)) return {};
  Ask ask;
  ask.path = "/bundles/" + to_string(id) + "/receipt";
  VIGIL_ASSIGN(const Reply reply, hub.ask(ask));
  if (reply.status != 200) return std::unexpected(refusal(reply));
  return files.write_atomically(path, as_bytes(reply.body), false);
}

}  // namespace

Result<std::vector<Listed>> list_bundles(HubLink& hub, const crypto::minisign::SecretKey& office,
                                         std::optional<std::uint64_t> after,
                                         const Patience& patience) {
  std::vector<Listed> all;
  for (int failures = 0;;) {
    Ask ask;
    ask.path = after ? fmt::format("/bundles?after={}", *after) : "/bundles";
    auto reply = ask_as_office(hub, office, std::move(ask));
    if (reply && reply->status == 200) {
      VIGIL_ASSIGN(std::vector<Listed> page, parse_list(reply->body));
      if (page.empty()) return all;
      for (Listed& listed : page) {
        if (after && listed.index <= *after) return senseless();
        after = listed.index;
        all.push_back(std::move(listed));
      }
      failures = 0;
      continue;
    }
    const Error error = reply ? refusal(*reply) : reply.error();
    if (error.kind != ErrorKind::kUnavailable || hub.gives_up(patience, ++failures)) {
      return std::unexpected(error);
    }
    wait_before_retry(patience, failures);
  }
}

PullReport pull(HubLink& hub, const crypto::minisign::SecretKey& office, Files& files,
                const std::string& inbox, const PullOptions& options) {
  PullReport report;
  report.last_index = options.after;
  if (const Status made = files.make_directories(inbox); !made) {
    report.stopped = made.error();
    return report;
  }
  const auto listed = list_bundles(hub, office, options.after, options.patience);
  if (!listed) {
    report.stopped = listed.error();
    return report;
  }
  bool whole = true;
  for (const Listed& item : *listed) {
    auto fetched = fetch_bundle(hub, office, files, inbox, options, item);
    if (!fetched) {
      report.stopped = std::move(fetched).error();
      return report;
    }
    // Past a damaged one the mark stays: the next pull asks for it again.
    whole = whole && !fetched->damage;
    if (!fetched->damage) (void)fetch_receipt(hub, files, inbox, item.id);
    if (whole) report.last_index = item.index;
    report.bundles.push_back(std::move(*fetched));
  }
  return report;
}

Status send_event(HubLink& hub, std::string_view text, const Patience& patience) {
  Ask ask;
  ask.method = "POST";
  ask.path = "/events";
  ask.body = as_bytes(text);
  VIGIL_ASSIGN(const Reply reply, hub.ask_patiently(ask, patience));
  if (reply.status != 200) return std::unexpected(refusal(reply));
  return {};
}

Result<std::size_t> fetch_events(HubLink& hub, Files& files, const std::string& inbox,
                                 const Patience& patience) {
  Ask ask;
  ask.path = "/events";
  VIGIL_ASSIGN(const Reply reply, hub.ask_patiently(ask, patience));
  if (reply.status != 200) return std::unexpected(refusal(reply));
  if (reply.body.empty()) return std::size_t{0};
  const auto members = bundle::read_archive(as_bytes(reply.body));
  if (!members) return senseless();
  VIGIL_TRY(files.make_directories(inbox));
  std::size_t added = 0;
  for (const bundle::Member& member : *members) {
    const std::string path = inbox + "/" + member.name;
    if (!member.name.ends_with(".event") || files.exists(path)) continue;
    VIGIL_TRY(files.write_atomically(path, member.content, false));
    ++added;
  }
  return added;
}

Result<Bytes> fetch_roster(HubLink& hub, const Patience& patience) {
  Ask ask;
  ask.path = "/roster";
  VIGIL_ASSIGN(const Reply reply, hub.ask_patiently(ask, patience));
  if (reply.status != 200) return std::unexpected(refusal(reply));
  return to_bytes(reply.body);
}

Status publish_roster(HubLink& hub, ByteView archive, const Patience& patience) {
  Ask ask;
  ask.method = "PUT";
  ask.path = "/roster";
  ask.body = archive;
  VIGIL_ASSIGN(const Reply reply, hub.ask_patiently(ask, patience));
  if (reply.status != 200) return std::unexpected(refusal(reply));
  return {};
}

}  // namespace vigil::sync
