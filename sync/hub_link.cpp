// SPDX-License-Identifier: Apache-2.0
#include "sync/hub_link.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "core/base/json.h"
#include "core/crypto/secret_bytes.h"
#include "sync/protocol/tus.h"

namespace vigil::sync {
namespace {

constexpr std::size_t kReplyLimitBytes = std::size_t{16} << 20;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::unexpected<Error> unreachable() {
  return fail(ErrorKind::kUnavailable, "sync.unreachable",
              "The hub cannot be reached: see that there is a network, then try again. Nothing is "
              "lost.");
}

std::unexpected<Error> not_the_hub() {
  return fail(ErrorKind::kUnavailable, "sync.not_the_hub",
              "Something else than the hub answered; this network may want a login first. Nothing "
              "is lost.");
}

// Neither the network's fault nor the hub's: no trying again helps.
std::unexpected<Error> no_certificates() {
  return fail(ErrorKind::kUnavailable, "sync.no_certificates",
              "This machine has no list of public certificates to know the hub by: install the "
              "package ca-certificates, or name the hub's pin. Nothing is lost.");
}

struct Transfer {
  const Ask* ask = nullptr;
  std::size_t sent = 0;
  Reply reply;
  std::optional<Error> sink_failure;
  bool too_big = false;
};

bool is_hub(const Reply& reply) {
  const std::string* version = reply.header(lower(tus::kVersionHeader));
  return version != nullptr && *version == tus::kVersion;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  std::string_view line(data, size);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {  // a 100 Continue came before: only the last block counts
    transfer.reply.headers.clear();
    const std::size_t space = line.find(' ');
    int status = 0;
    for (const char c : line.substr(std::min(space + 1, line.size())).substr(0, 3)) {
      status = status * 10 + (c - '0');
    }
    transfer.reply.status = status;
    return size;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string_view value = line.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  transfer.reply.headers[lower(line.substr(0, colon))] = std::string(value);
  return size;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  const std::string_view text(data, size);
  Reply& reply = transfer.reply;
  // A login page must never flow into a bundle's file.
  if (transfer.ask->download != nullptr && (reply.status == 200 || reply.status == 206) &&
      is_hub(reply)) {
    const Status written = transfer.ask->download->write(as_bytes(text));
    if (written) return size;
    transfer.sink_failure = written.error();
    return 0;
  }
  if (text.size() > kReplyLimitBytes - reply.body.size()) {
    transfer.too_big = true;
    return 0;
  }
  reply.body += text;
  return size;
}

std::size_t on_send(char* data, std::size_t, std::size_t room, void* from) {
  auto& transfer = *static_cast<Transfer*>(from);
  const ByteView rest = transfer.ask->body.subspan(transfer.sent);
  const std::size_t count = std::min(room, rest.size());
  std::copy_n(rest.begin(), count, reinterpret_cast<std::uint8_t*>(data));
  transfer.sent += count;
  return count;
}

// When a kept connection turns out to be dead, curl would send the whole body again on a new one,
// to an offset that the hub has passed by then. It must give up instead: the offset is asked for
// first.
int no_rewind(void*, curl_off_t, int) {
  return CURL_SEEKFUNC_FAIL;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

HeaderList to_list(const Ask& ask) {
  // "Expect:" keeps curl from waiting a second for a 100 that proxies swallow.
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  list = curl_slist_append(list, fmt::format("{}: {}", tus::kVersionHeader, tus::kVersion).c_str());
  for (const auto& [name, value] : ask.headers) {
    list = curl_slist_append(list, fmt::format("{}: {}", name, value).c_str());
  }
  return HeaderList(list);
}

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string url_part(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
  std::string out(text);
  curl_free(text);
  return out;
}

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

const std::string* Reply::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? nullptr : &found->second;
}

void wait_before_retry(const Patience& patience, int failures) {
  std::int64_t wait_ms = patience.first_wait_ms;
  for (int i = 1; i < failures && wait_ms < patience.longest_wait_ms; ++i) wait_ms *= 2;
  wait_ms = std::min(wait_ms, patience.longest_wait_ms);
  // Tablets that lost the same network must not come back in step.
  const auto half = static_cast<std::uint64_t>(std::max<std::int64_t>(wait_ms / 2, 1));
  wait_ms += static_cast<std::int64_t>(crypto::random_u64() % half);
  if (patience.sleep) {
    patience.sleep(wait_ms);
  } else {
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
  }
}

struct HubLink::State {
  LinkOptions options;
  bool loopback = false;
  CURL* curl = nullptr;
  bool reached = false;  // the hub itself answered once
  bool refused = false;  // the last connection was
};

HubLink::HubLink(std::unique_ptr<State> state) : state_(std::move(state)) {}

HubLink::~HubLink() {
  curl_easy_cleanup(state_->curl);
}

Result<std::unique_ptr<HubLink>> HubLink::open(LinkOptions options) {
  start_curl();
  while (options.hub_url.ends_with('/')) options.hub_url.pop_back();
  const Url url(curl_url());
  const bool plain =
      curl_url_set(url.get(), CURLUPART_URL, options.hub_url.c_str(), 0) == CURLUE_OK;
  const std::string scheme = plain ? url_part(url, CURLUPART_SCHEME) : "";
  if ((scheme != "http" && scheme != "https") || url_part(url, CURLUPART_PATH) != "/" ||
      !url_part(url, CURLUPART_USER).empty()) {
    return fail(ErrorKind::kUsage, "sync.url",
                "The hub's address must look like https://hub.example.org or "
                "http://127.0.0.1:8080.");
  }
  auto state = std::make_unique<State>();
  const std::string host = url_part(url, CURLUPART_HOST);
  state->loopback = host == "127.0.0.1" || host == "[::1]" || host == "localhost";
  state->options = std::move(options);
  state->curl = curl_easy_init();
  if (state->curl == nullptr) return unreachable();
  return std::unique_ptr<HubLink>(new HubLink(std::move(state)));
}

Result<Reply> HubLink::ask(const Ask& ask) {
  CURL* const curl = state_->curl;
  const LinkOptions& options = state_->options;
  Transfer transfer;
  transfer.ask = &ask;
  const HeaderList headers = to_list(ask);
  const std::string url = options.hub_url + ask.path;

  curl_easy_reset(curl);  // keeps the connection
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, options.connect_timeout_s);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, options.stall_timeout_s);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  // A proxy from the environment cannot lead back to this very machine.
  if (state_->loopback) curl_easy_setopt(curl, CURLOPT_PROXY, "");
  if (!options.pinned_key.empty()) {
    curl_easy_setopt(curl, CURLOPT_PINNEDPUBLICKEY, options.pinned_key.c_str());
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (ask.method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  } else if (ask.method == "POST" || ask.method == "PATCH" || ask.method == "PUT") {
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(ask.body.size()));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &on_send);
    curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &no_rewind);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
  } else {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
  }
  const CURLcode outcome = curl_easy_perform(curl);
  long system_error = 0;
  curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &system_error);
  state_->refused = outcome == CURLE_COULDNT_CONNECT && system_error == ECONNREFUSED;
  if (transfer.sink_failure) return std::unexpected(std::move(*transfer.sink_failure));
  if (outcome == CURLE_SSL_PINNEDPUBKEYNOTMATCH || outcome == CURLE_PEER_FAILED_VERIFICATION ||
      outcome == CURLE_SSL_CONNECT_ERROR || outcome == CURLE_WEIRD_SERVER_REPLY ||
      outcome == CURLE_UNSUPPORTED_PROTOCOL || transfer.too_big) {
    return not_the_hub();
  }
  if (transfer.reply.status != 0 && !is_hub(transfer.reply)) return not_the_hub();
  if (outcome == CURLE_SSL_CACERT_BADFILE) return no_certificates();
  state_->reached = state_->reached || transfer.reply.status != 0;
  if (outcome != CURLE_OK) return unreachable();
  return std::move(transfer.reply);
}

Result<Reply> HubLink::ask_patiently(const Ask& ask_text, const Patience& patience) {
  for (int failures = 0;;) {
    Result<Reply> reply = ask(ask_text);
    const bool final = reply ? reply->status < 500 : reply.error().kind != ErrorKind::kUnavailable;
    if (final) return reply;
    if (gives_up(patience, ++failures)) {
      return reply ? std::unexpected(refusal(*reply)) : std::move(reply);
    }
    wait_before_retry(patience, failures);
  }
}

bool HubLink::gives_up(const Patience& patience, int failures) const {
  const bool nobody_there = state_->refused && !state_->reached;
  return failures >=
         (nobody_there ? std::min(patience.tries, patience.tries_refused) : patience.tries);
}

Result<std::string> HubLink::resolve(const std::string& path, const std::string& location) const {
  const Url base(curl_url());
  const Url target(curl_url());
  const std::string from = state_->options.hub_url + path;
  if (curl_url_set(base.get(), CURLUPART_URL, from.c_str(), 0) != CURLUE_OK ||
      curl_url_set(target.get(), CURLUPART_URL, from.c_str(), 0) != CURLUE_OK ||
      curl_url_set(target.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK) {
    return not_the_hub();
  }
  for (const CURLUPart part : {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT}) {
    if (url_part(base, part) != url_part(target, part)) return not_the_hub();
  }
  return url_part(target, CURLUPART_PATH);
}

std::string hub_code(const Reply& reply) {
  const auto json = parse_canonical_json(
      reply.body, {.size_bytes = 64 * 1024, .depth = 4, .trailing_newline = true});
  const Json* error = json ? json->find("error") : nullptr;
  const Json* code = error == nullptr ? nullptr : error->find("code");
  return code == nullptr || code->string() == nullptr ? "" : *code->string();
}

Error refusal(const Reply& reply) {
  const std::string code = hub_code(reply);
  if (code == "files.full") {
    return {ErrorKind::kUnavailable, "sync.hub_full",
            "The hub's disk is full; nothing was lost, try again later."};
  }
  if (reply.status >= 500) {
    return {ErrorKind::kUnavailable, "sync.unreachable",
            fmt::format("The hub cannot do this now ({}); try again later. Nothing is lost.",
                        code.empty() ? std::to_string(reply.status) : code)};
  }
  const auto json = parse_canonical_json(
      reply.body, {.size_bytes = 64 * 1024, .depth = 4, .trailing_newline = true});
  const Json* error = json ? json->find("error") : nullptr;
  const Json* message = error == nullptr ? nullptr : error->find("message");
  const bool said = message != nullptr && message->string() != nullptr;
  return {reply.status == 401 || reply.status == 403 ? ErrorKind::kDenied : ErrorKind::kInvalid,
          "sync.refused",
          fmt::format("The hub refuses this ({}): {}",
                      code.empty() ? std::to_string(reply.status) : code,
                      said ? *message->string() : "it gives no reason.")};
}

}  // namespace vigil::sync
