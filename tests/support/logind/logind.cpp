// SPDX-License-Identifier: Apache-2.0
#include "tests/support/logind/logind.h"

#include <array>
#include <csignal>
#include <sstream>
#include <utility>

#include <dbus/dbus.h>
#include <poll.h>
#include <unistd.h>

#include "tests/support/run_program.h"

namespace vigil::test {

Bus::Bus(const std::string& path) {
  const auto started = run_program({"dbus-daemon", "--session", "--fork", "--print-address=1",
                                    "--print-pid=1", "--address=unix:path=" + path});
  std::istringstream(started.output) >> address_ >> pid_;
}

Bus::~Bus() {
  if (pid_ > 0) ::kill(pid_, SIGTERM);
}

Logind::Logind(const std::string& address) {
  dbus_threads_init_default();
  bus_ = dbus_connection_open_private(address.c_str(), nullptr);
  dbus_bus_register(bus_, nullptr);
  dbus_connection_set_exit_on_disconnect(bus_, FALSE);
  dbus_bus_request_name(bus_, "org.freedesktop.login1", 0, nullptr);
  thread_ = std::thread([this] { run(); });
}

Logind::~Logind() {
  ending_ = true;
  thread_.join();
  dbus_connection_close(bus_);
  dbus_connection_unref(bus_);
  if (held_ >= 0) ::close(held_);
}

void Logind::say(const char* interface, const char* member, bool value) {
  DBusMessage* const signal = dbus_message_new_signal("/org/freedesktop/login1", interface, member);
  dbus_bool_t argument = value ? TRUE : FALSE;
  dbus_message_append_args(signal, DBUS_TYPE_BOOLEAN, &argument, DBUS_TYPE_INVALID);
  send(signal);
}

void Logind::say_lid(bool closed) {
  DBusMessage* const signal = dbus_message_new_signal(
      "/org/freedesktop/login1", "org.freedesktop.DBus.Properties", "PropertiesChanged");
  DBusMessageIter arguments;
  dbus_message_iter_init_append(signal, &arguments);
  dbus_message_iter_append_basic(&arguments, DBUS_TYPE_STRING, &kLogindManager);
  DBusMessageIter array;
  DBusMessageIter entry;
  DBusMessageIter variant;
  dbus_message_iter_open_container(&arguments, DBUS_TYPE_ARRAY, "{sv}", &array);
  dbus_message_iter_open_container(&array, DBUS_TYPE_DICT_ENTRY, nullptr, &entry);
  const char* name = "LidClosed";
  dbus_message_iter_append_basic(&entry, DBUS_TYPE_STRING, &name);
  dbus_message_iter_open_container(&entry, DBUS_TYPE_VARIANT, "b", &variant);
  dbus_bool_t value = closed ? TRUE : FALSE;
  dbus_message_iter_append_basic(&variant, DBUS_TYPE_BOOLEAN, &value);
  dbus_message_iter_close_container(&entry, &variant);
  dbus_message_iter_close_container(&array, &entry);
  dbus_message_iter_close_container(&arguments, &array);
  send(signal);
}

bool Logind::sleep_may_go_on(int wait_ms) {
  const std::scoped_lock guard(mutex_);
  pollfd end{held_, POLLIN, 0};
  return ::poll(&end, 1, wait_ms) == 1 && (end.revents & POLLHUP) != 0;
}

void Logind::send(DBusMessage* message) {
  dbus_connection_send(bus_, message, nullptr);
  dbus_connection_flush(bus_);
  dbus_message_unref(message);
}

void Logind::run() {
  while (!ending_) {
    dbus_connection_read_write(bus_, 20);
    while (DBusMessage* const message = dbus_connection_pop_message(bus_)) {
      if (dbus_message_is_method_call(message, kLogindManager, "Inhibit") != FALSE) grant(message);
      dbus_message_unref(message);
    }
  }
}

void Logind::grant(DBusMessage* asked) {
  std::array<int, 2> pipe = {-1, -1};
  if (::pipe(pipe.data()) != 0) return;
  DBusMessage* const reply = dbus_message_new_method_return(asked);
  dbus_message_append_args(reply, DBUS_TYPE_UNIX_FD, &pipe[1], DBUS_TYPE_INVALID);
  send(reply);
  ::close(pipe[1]);
  const std::scoped_lock guard(mutex_);
  if (held_ >= 0) ::close(held_);
  held_ = pipe[0];
  ++granted_;
}

}  // namespace vigil::test
