// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/sender.h"

#include <chrono>
#include <utility>

#include "core/base/check.h"

namespace vigil::tablet {
namespace {

// A person watches and can try again: less patience than a command that runs by itself.
constexpr int kTries = 3;
constexpr long kConnect_s = 10;

std::unexpected<Error> stopped() {
  return fail(ErrorKind::kUnavailable, "send.stopped",
              "Sending stopped; what the hub has, it keeps. Send again when you can.");
}

}  // namespace

class Sender::Asking final : public sync::Outbox {
 public:
  explicit Asking(Sender& sender) : sender_(sender) {}

  Result<std::vector<Item>> waiting() override {
    Result<std::vector<Item>> items = stopped();
    sender_.ask([&](sync::Outbox* outbox) {
      if (outbox != nullptr) items = outbox->waiting();
    });
    return items;
  }
  Result<std::unique_ptr<ReadableFile>> open(const bundle::BundleId& id) override {
    Result<std::unique_ptr<ReadableFile>> file = stopped();
    if (sender_.stopping_) return file;
    sender_.ask([&](sync::Outbox* outbox) {
      if (outbox != nullptr) file = outbox->open(id);
    });
    return file;
  }
  Status progressed(const bundle::BundleId& id, std::uint64_t sent_bytes) override {
    return tell([&](sync::Outbox& outbox) { return outbox.progressed(id, sent_bytes); });
  }
  Status acknowledged(const sync::Delivery& delivery) override {
    return tell([&](sync::Outbox& outbox) { return outbox.acknowledged(delivery); });
  }
  Status refused(const bundle::BundleId& id, const Error& reason) override {
    return tell([&](sync::Outbox& outbox) { return outbox.refused(id, reason); });
  }

 private:
  template <typename Call>
  Status tell(const Call& call) {
    Status status = stopped();
    sender_.ask([&](sync::Outbox* outbox) {
      if (outbox != nullptr) status = call(*outbox);
    });
    return status;
  }
  Sender& sender_;
};

Sender::~Sender() {
  stopping_ = true;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    question_ = nullptr;
  }
  answered_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Sender::start(trust::HubAddress hub, trust::Roster roster) {
  CHECK(!running());
  done_ = false;
  stopping_ = false;
  report_ = {};
  thread_ = std::thread([this, hub = std::move(hub), roster = std::move(roster)] {
    sync::LinkOptions link_options;
    link_options.hub_url = hub.url;
    link_options.pinned_key = trust::pin_line(hub.pins);
    link_options.connect_timeout_s = kConnect_s;
    auto link = sync::HubLink::open(std::move(link_options));
    if (!link) {
      report_.stopped = link.error();
    } else {
      Asking outbox(*this);
      sync::PushOptions options;
      options.delivery.patience.tries = kTries;
      options.delivery.patience.tries_refused = 1;
      options.delivery.patience.sleep = [this](std::int64_t wait_ms) {
        std::unique_lock lock(mutex_);
        answered_.wait_for(lock, std::chrono::milliseconds(wait_ms),
                           [this] { return stopping_.load(); });
      };
      report_ = sync::push(**link, outbox, roster, options);
    }
    done_ = true;
    wake_();
  });
}

void Sender::ask(Question question) {
  std::unique_lock lock(mutex_);
  if (closed_) return;
  question_ = std::move(question);
  lock.unlock();
  wake_();
  lock.lock();
  answered_.wait(lock, [this] { return !question_; });
}

void Sender::serve(sync::Outbox* outbox) {
  const std::lock_guard lock(mutex_);
  if (!question_) return;
  question_(outbox);
  question_ = nullptr;
  answered_.notify_all();
}

std::optional<sync::PushReport> Sender::take() {
  if (!running() || !done_) return std::nullopt;
  thread_.join();
  return std::move(report_);
}

}  // namespace vigil::tablet
