<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>New entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to disk now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as a new entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return with a reason…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall to edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revise what is published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off the portal…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard the draft…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As on the portal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Against what is published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Tòa Soạn</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>%n loose tone mark(s): not Unicode as in TCVN 6909</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unicode TCVN 6909</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything required is filled in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: must be filled in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source is stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: not a date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: not in the form expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: not a value of this field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every picture is described</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line {line}: picture without a description for blind readers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}”: picture without a description</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Empty</name>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search looks at titles, numbers and texts; tone marks and đ may be left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts that wait for this step in your sections will stand here, the newest first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The queue is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No drafts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you write stays here until you send it for verification. It works without a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing came back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text that is returned to you stands here with the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits for approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you sent stands here until it is published or returned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of yours is published yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your texts stand here once they are on the portal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When two people write on the same text, both versions are kept and you decide here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to settle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the portal refuses is put here with the rule that says no; nothing is ever lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries of this kind stand here once they are written or published.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>{verb} revision {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{verb} this text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>(no title yet)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ saved {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for network</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>revision {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Drafts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned to me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To settle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Board&apos;s queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>URGENT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no title yet)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Published</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to settle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ waits for network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Last synchronised {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not synchronised yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in — everything is kept on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal was restored from a backup — nothing is being sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline — every change is kept on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline since {time} — every change is kept on this machine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
