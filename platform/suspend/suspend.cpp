// SPDX-License-Identifier: Apache-2.0
#include "platform/suspend/suspend.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

#include <dbus/dbus.h>
#include <unistd.h>

namespace vigil::platform {
namespace {

constexpr int kPollMs = 200;   // how soon the thread notices that it should end
constexpr int kCallMs = 2000;  // logind answers at once or not at all

constexpr const char* kLogind = "org.freedesktop.login1";
constexpr const char* kManager = "org.freedesktop.login1.Manager";
constexpr const char* kSession = "org.freedesktop.login1.Session";
constexpr const char* kScreenSaver = "org.freedesktop.ScreenSaver";
constexpr const char* kProperties = "org.freedesktop.DBus.Properties";

struct CloseConnection {
  void operator()(DBusConnection* connection) const {
    dbus_connection_close(connection);
    dbus_connection_unref(connection);
  }
};
using Connection = std::unique_ptr<DBusConnection, CloseConnection>;

struct FreeMessage {
  void operator()(DBusMessage* message) const { dbus_message_unref(message); }
};
using Message = std::unique_ptr<DBusMessage, FreeMessage>;

Connection connect(DBusBusType bus, const std::string& address) {
  Connection connection;
  if (address.empty()) {
    connection.reset(dbus_bus_get_private(bus, nullptr));
  } else {
    connection.reset(dbus_connection_open_private(address.c_str(), nullptr));
    if (connection && dbus_bus_register(connection.get(), nullptr) == FALSE) connection.reset();
  }
  // A bus that goes away is no reason for this program to.
  if (connection) dbus_connection_set_exit_on_disconnect(connection.get(), FALSE);
  return connection;
}

void listen(DBusConnection* connection, const std::string& rule) {
  dbus_bus_add_match(connection, ("type='signal'," + rule).c_str(), nullptr);
}

bool first_is_true(DBusMessage* message) {
  dbus_bool_t value = FALSE;
  return dbus_message_get_args(message, nullptr, DBUS_TYPE_BOOLEAN, &value, DBUS_TYPE_INVALID) !=
             FALSE &&
         value != FALSE;
}

// PropertiesChanged(interface, {name: value}, [..]) with LidClosed true.
bool lid_closed(DBusMessage* message) {
  DBusMessageIter arguments;
  if (dbus_message_iter_init(message, &arguments) == FALSE ||
      dbus_message_iter_next(&arguments) == FALSE ||
      dbus_message_iter_get_arg_type(&arguments) != DBUS_TYPE_ARRAY) {
    return false;
  }
  DBusMessageIter entries;
  dbus_message_iter_recurse(&arguments, &entries);
  for (; dbus_message_iter_get_arg_type(&entries) == DBUS_TYPE_DICT_ENTRY;
       dbus_message_iter_next(&entries)) {
    DBusMessageIter entry;
    dbus_message_iter_recurse(&entries, &entry);
    const char* name = nullptr;
    if (dbus_message_iter_get_arg_type(&entry) != DBUS_TYPE_STRING) return false;
    dbus_message_iter_get_basic(&entry, &name);
    dbus_message_iter_next(&entry);
    if (std::string_view(name) != "LidClosed") continue;
    if (dbus_message_iter_get_arg_type(&entry) != DBUS_TYPE_VARIANT) return false;
    DBusMessageIter value;
    dbus_message_iter_recurse(&entry, &value);
    dbus_bool_t closed = FALSE;
    if (dbus_message_iter_get_arg_type(&value) != DBUS_TYPE_BOOLEAN) return false;
    dbus_message_iter_get_basic(&value, &closed);
    return closed != FALSE;
  }
  return false;
}

class BusWatch final : public SuspendWatch {
 public:
  BusWatch(std::function<void()> put_away, Connection system, Connection session)
      : put_away_(std::move(put_away)), system_(std::move(system)), session_(std::move(session)) {
    if (system_) {
      const std::string logind = std::string("sender='") + kLogind + "',";
      for (const char* member : {"PrepareForSleep", "PrepareForShutdown"}) {
        listen(system_.get(),
               logind + "interface='" + kManager + "',member='" + std::string(member) + "'");
      }
      listen(system_.get(), logind + "interface='" + kSession + "',member='Lock'");
      listen(system_.get(), logind + "interface='" + kProperties +
                                "',member='PropertiesChanged',arg0='" + kManager + "'");
      inhibit();
    }
    if (session_) {
      listen(session_.get(),
             std::string("interface='") + kScreenSaver + "',member='ActiveChanged'");
    }
    thread_ = std::thread([this] { run(); });
  }

  ~BusWatch() override {
    ending_ = true;
    thread_.join();
    release();
  }

  void locked() override { release(); }
  bool delays_sleep() const override { return granted_; }

 private:
  void run() {
    while (!ending_) {
      int waits = 0;
      for (DBusConnection* bus : {system_.get(), session_.get()}) {
        if (bus == nullptr || dbus_connection_get_is_connected(bus) == FALSE) continue;
        ++waits;
        dbus_connection_read_write(bus, kPollMs);
        while (const Message message{dbus_connection_pop_message(bus)}) take(message.get());
      }
      if (waits == 0) return;
    }
  }

  void take(DBusMessage* message) {
    const auto is = [&](const char* interface, const char* member) {
      return dbus_message_is_signal(message, interface, member) != FALSE;
    };
    if (is(kManager, "PrepareForSleep")) {
      // After waking the next sleep is delayed anew.
      if (first_is_true(message)) {
        put_away_();
      } else {
        inhibit();
      }
    } else if ((is(kManager, "PrepareForShutdown") && first_is_true(message)) ||
               is(kSession, "Lock") ||
               (is(kProperties, "PropertiesChanged") && lid_closed(message)) ||
               (is(kScreenSaver, "ActiveChanged") && first_is_true(message))) {
      put_away_();
    }
  }

  // Sleep waits while the descriptor that logind hands out is open.
  void inhibit() {
    const Message call{
        dbus_message_new_method_call(kLogind, "/org/freedesktop/login1", kManager, "Inhibit")};
    const char* what = "sleep";
    const char* who = "Vigil";
    const char* why = "Locking what is being written";
    const char* mode = "delay";
    if (!call || dbus_message_append_args(call.get(), DBUS_TYPE_STRING, &what, DBUS_TYPE_STRING,
                                          &who, DBUS_TYPE_STRING, &why, DBUS_TYPE_STRING, &mode,
                                          DBUS_TYPE_INVALID) == FALSE) {
      return;
    }
    const Message reply{
        dbus_connection_send_with_reply_and_block(system_.get(), call.get(), kCallMs, nullptr)};
    int descriptor = -1;
    if (!reply || dbus_message_get_args(reply.get(), nullptr, DBUS_TYPE_UNIX_FD, &descriptor,
                                        DBUS_TYPE_INVALID) == FALSE) {
      return;
    }
    release();
    const std::scoped_lock guard(mutex_);
    descriptor_ = descriptor;
    granted_ = true;
  }

  void release() {
    const std::scoped_lock guard(mutex_);
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }

  std::function<void()> put_away_;
  Connection system_;
  Connection session_;
  std::atomic<bool> ending_ = false;
  std::atomic<bool> granted_ = false;
  std::mutex mutex_;
  int descriptor_ = -1;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<SuspendWatch>> SuspendWatch::start(std::function<void()> put_away,
                                                          const Buses& buses) {
  dbus_threads_init_default();
  Connection system = connect(DBUS_BUS_SYSTEM, buses.system);
  Connection session;
  // Without an address libdbus would start a bus of its own, which nobody speaks on.
  if (!buses.session.empty() || std::getenv("DBUS_SESSION_BUS_ADDRESS") != nullptr) {
    session = connect(DBUS_BUS_SESSION, buses.session);
  }
  if (!system && !session) {
    return fail(
        ErrorKind::kUnavailable, "suspend.bus",
        "This system does not tell when it goes to sleep or its lid is closed (no D-Bus), so "
        "Vigil locks only by its own idle time and by hand.");
  }
  return std::make_unique<BusWatch>(std::move(put_away), std::move(system), std::move(session));
}

}  // namespace vigil::platform
