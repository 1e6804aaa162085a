// SPDX-License-Identifier: Apache-2.0
#include "platform/location/receiver.h"

#include <array>
#include <cerrno>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/crypto/secret_bytes.h"

namespace vigil::platform {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool valid() const { return number_ >= 0; }

 private:
  int number_;
};

std::unexpected<Error> absent() {
  return fail(ErrorKind::kNotFound, "location.absent",
              "This tablet has no satellite receiver that Vigil can ask (gpsd does not answer); "
              "type the place instead.");
}

std::unexpected<Error> lost() {
  return fail(ErrorKind::kUnavailable, "location.lost",
              "The satellite receiver does not answer any more; try again, or type the place.");
}

struct FreeAddress {
  void operator()(addrinfo* address) const { ::freeaddrinfo(address); }
};
using Address = std::unique_ptr<addrinfo, FreeAddress>;

// Figures only: a name that is looked up would tell the network that somebody asks.
Result<Address> address_of(const std::string& text) {
  const auto colon = text.rfind(':');
  std::string host = text.substr(0, colon);
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (host == "localhost") host = "127.0.0.1";
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo wanted = {};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (host.empty() || port.empty() ||
      ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found) != 0) {
    return fail(ErrorKind::kUsage, "location.address",
                "The address of gpsd must be like localhost:2947; mend the option --gpsd.");
  }
  return Address(found);
}

class GpsdReceiver final : public LocationReceiver {
 public:
  GpsdReceiver(std::string address, std::function<void()> changed)
      : address_(std::move(address)),
        changed_(std::move(changed)),
        ending_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        thread_([this] { run(); }) {}

  ~GpsdReceiver() override {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto told = ::write(ending_.number(), &one, sizeof one);
    thread_.join();
    crypto::wipe({reinterpret_cast<std::uint8_t*>(waiting_.data()), waiting_.size()});
  }

  Result<Reception> newest() const override {
    const std::scoped_lock guard(mutex_);
    if (failure_) return std::unexpected(*failure_);
    return Reception{state_, fix_of_newest_};
  }

 private:
  void run() {
    const Status done = listen();
    if (done) return;
    {
      const std::scoped_lock guard(mutex_);
      failure_ = done.error();
    }
    changed_();
  }

  // True where the socket can be used, false where the receiver ends.
  bool wait(int descriptor, short events) const {
    std::array<pollfd, 2> both = {{{descriptor, events, 0}, {ending_.number(), POLLIN, 0}}};
    while (::poll(both.data(), both.size(), -1) < 0 && errno == EINTR) {
    }
    return both[1].revents == 0;
  }

  // Until it ends or fails.
  Status listen() {
    VIGIL_ASSIGN(const Address address, address_of(address_));
    const Descriptor socket(
        ::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.valid()) return absent();
    if (::connect(socket.number(), address->ai_addr, address->ai_addrlen) != 0) {
      if (errno != EINPROGRESS) return absent();
      if (!wait(socket.number(), POLLOUT)) return {};
      int outcome = 0;
      socklen_t size = sizeof outcome;
      if (::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &outcome, &size) != 0 ||
          outcome != 0) {
        return absent();
      }
    }
    constexpr std::string_view kWatch = "?WATCH={\"enable\":true,\"json\":true};\n";
    // A fresh socket takes so few bytes at once.
    if (::send(socket.number(), kWatch.data(), kWatch.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(kWatch.size())) {
      return lost();
    }
    while (wait(socket.number(), POLLIN)) {
      std::array<char, 4096> some = {};
      const ssize_t count = ::recv(socket.number(), some.data(), some.size(), 0);
      if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (count <= 0) return lost();
      const Status taken = take({some.data(), static_cast<std::size_t>(count)});
      crypto::wipe({reinterpret_cast<std::uint8_t*>(some.data()), some.size()});
      VIGIL_TRY(taken);
    }
    return {};
  }

  Status take(std::string_view more) {
    while (!more.empty()) {
      const auto end = more.find('\n');
      waiting_.append(more.substr(0, end));
      // A line that never ends must not fill the memory.
      if (waiting_.size() > kMostGpsdLine_bytes) VIGIL_TRY(take_line(waiting_));
      if (end == std::string_view::npos) return {};
      more.remove_prefix(end + 1);
      while (waiting_.ends_with('\r')) waiting_.pop_back();
      if (!waiting_.empty()) VIGIL_TRY(take_line(waiting_));
      waiting_.clear();
    }
    return {};
  }

  Status take_line(std::string_view line) {
    VIGIL_ASSIGN(const GpsdReport report, read_gpsd_line(line));
    Reception::State next = state_;
    switch (report.kind) {
      case GpsdReport::Kind::kOther:
        return {};
      case GpsdReport::Kind::kNoReceiver:
        next = Reception::State::kNoReceiver;
        break;
      case GpsdReport::Kind::kSearching:
        next = Reception::State::kSearching;
        break;
      case GpsdReport::Kind::kFix:
        next = Reception::State::kFix;
        break;
    }
    {
      const std::scoped_lock guard(mutex_);
      if (state_ == next && fix_of_newest_ == report.fix) return {};
      state_ = next;
      fix_of_newest_ = report.fix;
    }
    changed_();
    return {};
  }

  std::string address_;
  std::function<void()> changed_;
  std::string waiting_;  // of a line; the receiver's thread's
  mutable std::mutex mutex_;
  Reception::State state_ = Reception::State::kAsking;  // and the two below: guarded
  Fix fix_of_newest_;
  std::optional<Error> failure_;
  Descriptor ending_;
  std::thread thread_;  // last: what it touches is there
};

}  // namespace

std::unique_ptr<LocationReceiver> LocationReceiver::start(const std::string& address,
                                                          std::function<void()> changed) {
  return std::make_unique<GpsdReceiver>(address.empty() ? kGpsdAddress : address,
                                        std::move(changed));
}

}  // namespace vigil::platform
