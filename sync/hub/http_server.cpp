// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/http_server.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "core/base/check.h"

namespace vigil::hub {
namespace {

// Room for a 64 KiB manifest as base64 in one header beside everything else; a request that needs
// more is answered 431 by the library.
constexpr std::size_t kConnectionMemoryBytes = 256 * 1024;
// A refused request's body up to this size is read and thrown away so that the client sees the
// answer and not a reset; beyond it the connection is closed after the answer.
constexpr std::uint64_t kSwallowLimitBytes = 2 * 1024 * 1024;

struct Conversation {
  std::unique_ptr<Exchange> exchange;
};

// What the callbacks share.
struct Service {
  explicit Service(const Pace& pace) : deadlines(pace) {}
  BeginExchange begin;
  Deadlines deadlines;
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

MHD_Result add_header(void* to, MHD_ValueKind, const char* key, const char* value) {
  auto& headers = *static_cast<std::map<std::string, std::string, std::less<>>*>(to);
  headers[lower(key)] = value == nullptr ? "" : value;
  return MHD_YES;
}

MHD_Result add_argument(void* to, MHD_ValueKind, const char* key, const char* value) {
  auto& query = *static_cast<std::map<std::string, std::string, std::less<>>*>(to);
  query[key] = value == nullptr ? "" : value;
  return MHD_YES;
}

Request read_request(MHD_Connection* connection, const char* url, const char* method) {
  Request request;
  request.path = url;
  request.method = method;
  MHD_get_connection_values(connection, MHD_HEADER_KIND, &add_header, &request.headers);
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &add_argument, &request.query);
  if (const std::string* instead = request.header("x-http-method-override")) {
    request.method = *instead;
  }
  request.target = request.path;
  char separator = '?';
  for (const auto& [key, value] : request.query) {
    request.target += fmt::format("{}{}={}", separator, key, value);
    separator = '&';
  }
  return request;
}

struct FileReader {
  FileRange range;
};

ssize_t read_file(void* from, std::uint64_t position, char* buffer, std::size_t size) {
  auto& range = static_cast<FileReader*>(from)->range;
  const std::uint64_t left = range.size_bytes - std::min(position, range.size_bytes);
  if (left == 0) return MHD_CONTENT_READER_END_OF_STREAM;
  const std::size_t want = static_cast<std::size_t>(std::min<std::uint64_t>(size, left));
  auto got = range.file->read_at(range.offset_bytes + position,
                                 {reinterpret_cast<std::uint8_t*>(buffer), want});
  if (!got || *got == 0) return MHD_CONTENT_READER_END_WITH_ERROR;
  return static_cast<ssize_t>(*got);
}

void free_file(void* from) {
  delete static_cast<FileReader*>(from);
}

Deadlines::Watched& watched(MHD_Connection* connection) {
  const MHD_ConnectionInfo* info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  CHECK(info != nullptr && info->socket_context != nullptr);
  return *static_cast<Deadlines::Watched*>(info->socket_context);
}

MHD_Result send(Service& service, MHD_Connection* connection, Exchange& exchange) {
  constexpr std::size_t kBlockBytes = 64 * 1024;
  service.deadlines.pause(watched(connection));
  Response answer = exchange.finish();
  service.deadlines.await_taking(watched(connection),
                                 answer.file ? answer.file->size_bytes : answer.body.size());
  MHD_Response* response = nullptr;
  if (answer.file) {
    const std::uint64_t size = answer.file->size_bytes;
    response = MHD_create_response_from_callback(
        size, kBlockBytes, &read_file, new FileReader{std::move(*answer.file)}, &free_file);
  } else {
    response = MHD_create_response_from_buffer(answer.body.size(), answer.body.data(),
                                               MHD_RESPMEM_MUST_COPY);
  }
  if (response == nullptr) return MHD_NO;
  for (const auto& [name, value] : answer.headers) {
    MHD_add_response_header(response, name.c_str(), value.c_str());
  }
  const MHD_Result queued =
      MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
  MHD_destroy_response(response);
  return queued;
}

bool body_is_long(const Request& request) {
  const std::string* length = request.header("content-length");
  if (length == nullptr) return request.header("transfer-encoding") != nullptr;
  const auto bytes = parse_decimal(*length);
  return !bytes || *bytes > kSwallowLimitBytes;
}

MHD_Result on_request(void* cls, MHD_Connection* connection, const char* url, const char* method,
                      const char*, const char* data, std::size_t* size, void** state) {
  auto& service = *static_cast<Service*>(cls);
  if (*state == nullptr) {
    service.deadlines.pause(watched(connection));
    const Request request = read_request(connection, url, method);
    auto conversation = std::make_unique<Conversation>();
    conversation->exchange = service.begin(request);
    const bool answer_now = conversation->exchange->decided() && body_is_long(request);
    *state = conversation.release();
    if (answer_now) {
      return send(service, connection, *static_cast<Conversation*>(*state)->exchange);
    }
    service.deadlines.await_body(watched(connection));
    return MHD_YES;
  }
  Exchange& exchange = *static_cast<Conversation*>(*state)->exchange;
  if (*size > 0) {
    const bool go_on = exchange.receive({reinterpret_cast<const std::uint8_t*>(data), *size});
    service.deadlines.body_came(watched(connection), *size);
    *size = 0;
    return go_on ? MHD_YES : MHD_NO;
  }
  return send(service, connection, exchange);
}

void on_completed(void* cls, MHD_Connection* connection, void** state, MHD_RequestTerminationCode) {
  delete static_cast<Conversation*>(*state);
  *state = nullptr;
  static_cast<Service*>(cls)->deadlines.await_headers(watched(connection));
}

// The library tells of the end before it closes the socket.
void on_connection(void* cls, MHD_Connection* connection, void** context,
                   MHD_ConnectionNotificationCode what) {
  Deadlines& deadlines = static_cast<Service*>(cls)->deadlines;
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    const MHD_ConnectionInfo* info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    CHECK(info != nullptr);
    *context = deadlines.watch(info->connect_fd);
  } else {
    deadlines.forget(static_cast<Deadlines::Watched*>(*context));
    *context = nullptr;
  }
}

struct Address {
  sockaddr_storage storage{};
  bool ipv6 = false;
};

Result<Address> to_address(const ServerOptions& options) {
  Address address;
  sockaddr_in v4{};
  if (inet_pton(AF_INET, options.address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(options.port);
    std::memcpy(&address.storage, &v4, sizeof v4);
    return address;
  }
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET6, options.address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(options.port);
    std::memcpy(&address.storage, &v6, sizeof v6);
    address.ipv6 = true;
    return address;
  }
  return fail(
      ErrorKind::kUsage, "hub.listen",
      fmt::format("\"{}\" is not a numeric address; give ADDR:PORT, such as 127.0.0.1:8080.",
                  options.address));
}

}  // namespace

struct HttpServer::State {
  explicit State(const Pace& pace) : service(pace) {}
  Service service;
  MHD_Daemon* daemon = nullptr;
};

Status parse_listen(const std::string& text, ServerOptions& options) {
  const std::size_t colon = text.rfind(':');
  const auto port =
      colon == std::string::npos ? std::nullopt : parse_decimal(text.substr(colon + 1));
  if (!port || *port > 65535) {
    return fail(ErrorKind::kUsage, "hub.listen",
                fmt::format("\"{}\" is not ADDR:PORT, such as 127.0.0.1:8080.", text));
  }
  std::string address = text.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
    address = address.substr(1, address.size() - 2);
  }
  options.address = address;
  options.port = static_cast<std::uint16_t>(*port);
  VIGIL_TRY(to_address(options));
  return {};
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ServerOptions& options,
                                                      BeginExchange begin) {
  VIGIL_ASSIGN(Address address, to_address(options));
  auto state = std::make_unique<State>(options.pace);
  state->service.begin = std::move(begin);
  const bool tls = !options.tls_certificate_pem.empty();
  unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL;
  if (address.ipv6) flags |= MHD_USE_IPv6;
  std::vector<MHD_OptionItem> items = {
      {MHD_OPTION_SOCK_ADDR, 0, &address.storage},
      {MHD_OPTION_CONNECTION_LIMIT, static_cast<std::intptr_t>(options.connection_limit), nullptr},
      {MHD_OPTION_PER_IP_CONNECTION_LIMIT,
       static_cast<std::intptr_t>(options.connections_per_address), nullptr},
      {MHD_OPTION_CONNECTION_TIMEOUT, static_cast<std::intptr_t>(options.idle_timeout_s), nullptr},
      {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<std::intptr_t>(kConnectionMemoryBytes),
       nullptr},
      {MHD_OPTION_NOTIFY_COMPLETED, reinterpret_cast<std::intptr_t>(&on_completed),
       &state->service},
      {MHD_OPTION_NOTIFY_CONNECTION, reinterpret_cast<std::intptr_t>(&on_connection),
       &state->service},
  };
  if (tls) {
    flags |= MHD_USE_TLS;
    items.push_back(
        {MHD_OPTION_HTTPS_MEM_CERT, 0, const_cast<char*>(options.tls_certificate_pem.c_str())});
    items.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, const_cast<char*>(options.tls_key_pem.c_str())});
  }
  items.push_back({MHD_OPTION_END, 0, nullptr});
  state->daemon = MHD_start_daemon(flags, options.port, nullptr, nullptr, &on_request,
                                   &state->service, MHD_OPTION_ARRAY, items.data(), MHD_OPTION_END);
  if (state->daemon == nullptr) {
    return fail(ErrorKind::kUnavailable, "hub.listen",
                fmt::format("Cannot listen on {} port {}{}: see that no other program uses it.",
                            options.address, options.port,
                            tls ? ", or the TLS certificate and key do not fit" : ""));
  }
  const MHD_DaemonInfo* info = MHD_get_daemon_info(state->daemon, MHD_DAEMON_INFO_BIND_PORT);
  const unsigned port = info == nullptr ? options.port : info->port;
  const std::string host = address.ipv6 ? fmt::format("[{}]", options.address) : options.address;
  std::string url = fmt::format("{}://{}:{}", tls ? "https" : "http", host, port);
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state), std::move(url)));
}

HttpServer::HttpServer(std::unique_ptr<State> state, std::string url)
    : state_(std::move(state)), url_(std::move(url)) {}

HttpServer::~HttpServer() {
  MHD_stop_daemon(state_->daemon);
}

}  // namespace vigil::hub
