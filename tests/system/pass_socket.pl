#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# pass_socket.pl FILE COMMAND... - runs a command with two sockets as systemd passes them
#
# Their ports are written to the file.
use strict;
use warnings;
use Fcntl;
use IO::Socket::INET;
use POSIX ();

my ($file, @command) = @ARGV;
my @sockets = map { IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1') } 1 .. 2;
open my $ports, '>', $file or die "$file: $!";
print $ports join(' ', map { $_->sockport } @sockets), "\n";
close $ports;

# First out of the way, so that neither is overwritten by the other.
my @away = map { fcntl($_, F_DUPFD, 20) } @sockets;
for my $i (0 .. 1) {
    POSIX::dup2($away[$i], 3 + $i) or die "dup2: $!"; # which is not closed by exec
    POSIX::close($away[$i]);
}
@ENV{qw(LISTEN_PID LISTEN_FDS)} = ($$, 2);
exec @command or die "$command[0]: $!";
