#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# polite.pl FOLDER - an HTTP server with manners of its own; prints its port, writes down every request
# in FOLDER/requests, ends after five minutes
use strict;
use warnings;
use IO::Socket::INET;

my $folder = shift;
my $listener = IO::Socket::INET->new(Listen => 128, LocalAddr => '127.0.0.1') or die $!;
my $port = $listener->sockport;
my $csv = "figure,area,time_period,obs_value\nplatforms,%s,2024-06,4\n";
my %asked;

sub answer {
    my ($status, $body, @headers) = @_;
    return join("\r\n", "HTTP/1.1 $status", 'Connection: close', 'Content-Length: ' . length $body, @headers)
        . "\r\n\r\n$body";
}

# What is answered to a path: its headers by lower-case name, and how often it was asked for before.
my %manners = (
    '/etag' => sub {
        my ($headers) = @_;
        ($headers->{'if-none-match'} // '') eq '"v1"' and return answer('304 Not Modified', '', 'ETag: "v1"');
        answer('200 OK', sprintf($csv, 'etag'), 'ETag: "v1"');
    },
    '/modified' => sub {
        my ($headers) = @_;
        my $since = 'Tue, 24 Nov 2026 03:31:20 GMT';
        ($headers->{'if-modified-since'} // '') eq $since and return answer('304 Not Modified', '');
        answer('200 OK', sprintf($csv, 'modified'), "Last-Modified: $since");
    },
    '/unasked' => sub { answer('304 Not Modified', '') },
    '/broken' => sub {
        my ($headers, $before) = @_;
        answer('200 OK', $before < 1 ? "figure\nnone\n" : sprintf($csv, 'broken'), 'ETag: "same"');
    },
    '/busy' => sub {
        my ($headers, $before) = @_;
        $before < 2 ? answer('503 Service Unavailable', '') : answer('200 OK', sprintf($csv, 'busy'));
    },
    '/later' => sub {
        my ($headers, $before) = @_;
        $before < 1 ? answer('429 Too Many Requests', '', 'Retry-After: 3') : answer('200 OK', sprintf($csv, 'later'));
    },
    '/patient' => sub { answer('503 Service Unavailable', '', 'Retry-After: 999999999999999999999') },
    '/closed' => sub { answer('503 Service Unavailable', '', 'Retry-After: 3600') },
    '/never' => sub { answer('404 Not Found', '') },
    '/away' => sub { answer('302 Found', '', "Location: http://localhost:$port/target") },
);

$SIG{PIPE} = 'IGNORE';
$| = 1;
alarm 300;
open my $log, '>', "$folder/requests" or die $!;
$log->autoflush(1);
print "$port\n";
while (my $peer = $listener->accept) {
    my ($path) = (<$peer> // '') =~ /^GET (\S+)/;
    my %headers;
    while (defined(my $line = <$peer>)) {
        last if $line =~ /^\r?$/;
        $headers{ lc $1 } = $2 if $line =~ /^([^:]+):\s*(.*?)\r?$/;
    }
    next unless defined $path;
    printf $log "%d %s %s\n", time, $path, join ' | ', map { "$_: $headers{$_}" } sort keys %headers;
    my $manner = $manners{$path} // sub { answer('200 OK', sprintf($csv, $path =~ s{.*/}{}r)) };
    syswrite $peer, $manner->(\%headers, $asked{$path}++ // 0);
}
