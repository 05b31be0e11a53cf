#!/bin/sh
# The agent by hand: never as root, whose files the service could not read.
set -e
export VIGIE_VERSIONS=/var/lib/vigie-agent/versions
export VIGIE_RELEASE_KEY=/usr/lib/vigie-agent/release.pub
program=/usr/lib/vigie-agent/vigie-agent
if [ "$(id -u)" -ne 0 ]; then
  exec "$program" "$@"
fi
cd /var/lib/vigie-agent
if [ "$1" != enroll ]; then
  exec setpriv --reuid=vigie-agent --regid=vigie-agent --init-groups "$program" "$@"
fi
shift
setpriv --reuid=vigie-agent --regid=vigie-agent --init-groups "$program" enroll --data-dir /var/lib/vigie-agent "$@"
# Enrolled: from now on it watches.
case " $* " in *" --help "*) exit 0 ;; esac
if [ -d /run/systemd/system ]; then
  systemctl restart vigie-agent.service
fi
