#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# misbehave.pl FOLDER - an HTTP server as they are met outside; prints its port, ends after five minutes
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my $folder = shift // '.';
my $json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
my %answers = (
    '/gone' => "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
    '/error' => "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    '/empty' => "HTTP/1.1 204 No Content\r\n\r\n",
    '/nothing' => '',
    '/smtp' => "220 mail.example.org ESMTP\r\n",
    '/cut-off' => $json . "Content-Length: 1000\r\n\r\n[{\"figure\"",
    '/announced-too-short' => $json . "Content-Length: 20\r\n\r\n" . ' ' x 20 . '{"figure": "platforms"}',
    '/announced-in-words' => $json . "Content-Length: many\r\n\r\n[]",
    '/announced-twice' => $json . "Content-Length: 2\r\nContent-Length: 200\r\n\r\n[]",
    '/announced-too-long' => $json . "Content-Length: 9000000\r\n\r\n[",
    '/too-long' => $json . "\r\n[" . ' ' x 2_000_000,
    '/round-and-round' => "HTTP/1.1 302 Found\r\nLocation: /round-and-round\r\nContent-Length: 0\r\n\r\n",
    '/to-a-file' => "HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n",
    '/not-gzip' => $json . "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
);

# What stands in the folder is answered well, with its name's ending as the encoding.
sub file_answer {
    my ($path) = @_;
    return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" if $path =~ m{\.\./};
    open my $file, '<:raw', "$folder$path" or return $answers{'/gone'};
    local $/;
    my $body = <$file>;
    my $encoding = $path =~ /\.gz$/ ? "Content-Encoding: gzip\r\n" : '';
    return $json . $encoding . 'Content-Length: ' . length($body) . "\r\n\r\n" . $body;
}

# In a process of its own, until the client has had enough.
sub endless {
    my ($peer) = @_;
    syswrite $peer, "$json\r\n[";
    1 while syswrite $peer, ' ' x 65536;
    exit;
}

alarm 300;
$SIG{PIPE} = $SIG{CHLD} = 'IGNORE';
$| = 1;
my $listener = IO::Socket::INET->new(Listen => 64, LocalAddr => '127.0.0.1') or die $!;
print $listener->sockport, "\n";

my (@silent, @slow);
my $select = IO::Select->new($listener);
my $next_byte = time + 1;
while (1) {
    if ($select->can_read(0.1)) {
        my $peer = $listener->accept or next;
        my ($request) = (<$peer> // '') =~ /^GET (\S+)/;
        while (defined(my $line = <$peer>)) {
            last if $line =~ /^\r?$/;
        }
        if (!defined $request) {
            next;
        } elsif ($request eq '/never') {
            push @silent, $peer;
        } elsif ($request eq '/byte-by-byte') {
            syswrite $peer, $json . "Content-Length: 1000\r\n\r\n";
            push @slow, $peer;
        } elsif ($request eq '/endless') {
            fork or endless($peer);
        } else {
            syswrite $peer, $answers{$request} // file_answer($request);
        }
    }
    if (time >= $next_byte) {
        syswrite $_, ' ' for @slow;
        $next_byte = time + 1;
    }
}
