// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/cut_proxy.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <set>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vigil::test {
namespace {

// Small, so that a cut comes close to the byte it was asked for.
constexpr std::size_t kBlockBytes = 4096;
constexpr int kTickMs = 50;  // how soon a thread notices that the proxy stops

void reset_and_close(int socket) {
  const linger now{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(socket);
}

bool send_all(int socket, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    return -1;
  }
  return socket;
}

}  // namespace

struct CutProxy::State {
  int listener = -1;
  std::uint16_t port = 0;
  std::atomic<std::uint16_t> target{0};
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> upstream_bytes{0};
  std::atomic<std::uint64_t> cuts{0};
  std::atomic<std::uint64_t> round{0};  // grows when all connections are cut
  std::mutex mutex;
  Weather weather;                   // under mutex
  std::vector<std::thread> workers;  // under mutex
  std::thread acceptor;

  // One of the `times` is used up; false where none is left.
  bool use_up() {
    const std::lock_guard lock(mutex);
    if (weather.times == 0) return false;
    if (weather.times > 0) --weather.times;
    ++cuts;
    return true;
  }

  Weather now() {
    const std::lock_guard lock(mutex);
    Weather copy = weather;
    if (copy.times == 0) copy = Weather{};
    return copy;
  }

  void accept_all();
  void serve(int client);
  void carry(int client, int server, const Weather& weather_then);
  void wait_for_end(int client) const;
};

void CutProxy::State::accept_all() {
  while (!stopping) {
    pollfd ready{listener, POLLIN, 0};
    if (::poll(&ready, 1, kTickMs) <= 0) continue;
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    ++connections;
    const std::lock_guard lock(mutex);
    workers.emplace_back([this, client] { serve(client); });
  }
}

void CutProxy::State::wait_for_end(int client) const {
  std::array<char, kBlockBytes> block;
  while (!stopping) {
    pollfd ready{client, POLLIN, 0};
    if (::poll(&ready, 1, kTickMs) <= 0) continue;
    if (::recv(client, block.data(), block.size(), 0) <= 0) return;
  }
}

void CutProxy::State::serve(int client) {
  const Weather then = now();
  if (then.captive && use_up()) {
    std::array<char, 65536> request;
    const ssize_t got = ::recv(client, request.data(), request.size(), 0);
    const bool head = got >= 4 && std::string_view(request.data(), 4) == "HEAD";
    const std::string_view page = "<html><h1>Welcome! Please log in.</h1></html>";
    const std::string reply = fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n"
        "Connection: close\r\n\r\n{}",
        page.size(), head ? "" : page);
    send_all(client, reply);
    ::shutdown(client, SHUT_WR);
    wait_for_end(client);
    ::close(client);
    return;
  }
  if (then.silent && use_up()) {
    wait_for_end(client);
    ::close(client);
    return;
  }
  const int server = connect_to(target);
  if (server < 0) {
    reset_and_close(client);
    return;
  }
  carry(client, server, then);
}

void CutProxy::State::carry(int client, int server, const Weather& then) {
  std::array<char, kBlockBytes> block;
  const std::uint64_t round_then = round;
  std::uint64_t sent = 0;
  std::uint64_t returned = 0;
  bool cut = false;
  while (!stopping && !cut) {
    std::array<pollfd, 2> ready{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    const int events = ::poll(ready.data(), ready.size(), kTickMs);
    if (round != round_then) {
      cut = true;
      break;
    }
    if (events <= 0) continue;
    if (ready[0].revents != 0) {
      std::size_t room = block.size();
      if (then.cut_after_bytes > 0) room = std::min<std::size_t>(room, then.cut_after_bytes - sent);
      const ssize_t got = ::recv(client, block.data(), room, 0);
      if (got <= 0 || !send_all(server, {block.data(), static_cast<std::size_t>(got)})) break;
      sent += static_cast<std::uint64_t>(got);
      upstream_bytes += static_cast<std::uint64_t>(got);
      cut = then.cut_after_bytes > 0 && sent >= then.cut_after_bytes && use_up();
      // The cut was used up by another connection meanwhile: this one goes on unharmed.
      if (!cut && then.cut_after_bytes > 0 && sent >= then.cut_after_bytes) {
        Weather clear = then;
        clear.cut_after_bytes = 0;
        carry(client, server, clear);
        return;
      }
    }
    if (!cut && ready[1].revents != 0) {
      const ssize_t got = ::recv(server, block.data(), block.size(), 0);
      if (got <= 0) break;
      returned += static_cast<std::uint64_t>(got);
      cut = (then.eat_replies ||
             (then.cut_after_reply_bytes > 0 && returned >= then.cut_after_reply_bytes)) &&
            use_up();
      if (!cut && !send_all(client, {block.data(), static_cast<std::size_t>(got)})) break;
    }
  }
  if (cut) {
    reset_and_close(client);
    // What was on its way still reaches the hub, as after a real cut.
    ::close(server);
    return;
  }
  ::close(client);
  ::close(server);
}

Result<std::unique_ptr<CutProxy>> CutProxy::start(std::uint16_t port, std::uint16_t target_port) {
  auto state = std::make_unique<State>();
  state->target = target_port;
  state->listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(state->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address = loopback(port);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(state->listener, generic, sizeof address) != 0 || ::listen(state->listener, 64) != 0 ||
      ::getsockname(state->listener, generic, &size) != 0) {
    ::close(state->listener);
    return fail(ErrorKind::kUnavailable, "proxy.listen",
                fmt::format("Cannot listen on port {}: see that nothing else uses it.", port));
  }
  state->port = ntohs(address.sin_port);
  State* const running = state.get();
  state->acceptor = std::thread([running] { running->accept_all(); });
  return std::unique_ptr<CutProxy>(new CutProxy(std::move(state)));
}

CutProxy::CutProxy(std::unique_ptr<State> state) : state_(std::move(state)) {}

CutProxy::~CutProxy() {
  state_->stopping = true;
  state_->acceptor.join();
  std::vector<std::thread> workers;
  {
    const std::lock_guard lock(state_->mutex);
    workers.swap(state_->workers);
  }
  for (std::thread& worker : workers) worker.join();
  ::close(state_->listener);
}

std::uint16_t CutProxy::port() const {
  return state_->port;
}

std::string CutProxy::url() const {
  return fmt::format("http://127.0.0.1:{}", state_->port);
}

void CutProxy::set_weather(const Weather& weather) {
  const std::lock_guard lock(state_->mutex);
  state_->weather = weather;
}

void CutProxy::cut_now() {
  ++state_->round;
}

void CutProxy::set_target(std::uint16_t target_port) {
  state_->target = target_port;
}

Traffic CutProxy::traffic() const {
  return {state_->connections, state_->upstream_bytes, state_->cuts};
}

}  // namespace vigil::test
