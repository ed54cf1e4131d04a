<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountActions</name>
    <message numerus="yes">
        <source>%n operation(s) still to send. Signed out, they stay on this machine until the next sign-in.</source>
        <translation>
            <numerusform>%n operation still to send. Signed out, it stays on this machine until the next sign-in.</numerusform>
            <numerusform>%n operations still to send. Signed out, they stay on this machine until the next sign-in.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message numerus="yes">
        <source>Import %n document(s)</source>
        <translation>
            <numerusform>Import %n document</numerusform>
            <numerusform>Import %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BlockField</name>
    <message numerus="yes">
        <source>⋯ %n line(s)</source>
        <translation>
            <numerusform>⋯ %n line</numerusform>
            <numerusform>⋯ %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EditorToolbar</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min to read</source>
        <translation>
            <numerusform>%n min to read</numerusform>
            <numerusform>%n min to read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemBar</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Proofing</name>
    <message numerus="yes">
        <source>Replace all %n by “{fix}”</source>
        <translation>
            <numerusform>Replace it by “{fix}”</numerusform>
            <numerusform>Replace all %n by “{fix}”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RelationsControl</name>
    <message numerus="yes">
        <source>Add what the text names (%n)</source>
        <translation>
            <numerusform>Add what the text names (%n)</numerusform>
            <numerusform>Add what the text names (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message numerus="yes">
        <source>⋯ %n paragraph(s) alike ⋯</source>
        <translation>
            <numerusform>⋯ %n paragraph alike ⋯</numerusform>
            <numerusform>⋯ %n paragraphs alike ⋯</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SideCards</name>
    <message numerus="yes">
        <source>%n passed</source>
        <translation>
            <numerusform>%n passed</numerusform>
            <numerusform>%n passed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncRoom</name>
    <message numerus="yes">
        <source>Exported to {folder}: %n</source>
        <translation>
            <numerusform>%n entry exported to {folder}</numerusform>
            <numerusform>%n entries exported to {folder}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message numerus="yes">
        <source>%n older text(s) are kept no more.</source>
        <translation>
            <numerusform>%n older text is kept no more.</numerusform>
            <numerusform>%n older texts are kept no more.</numerusform>
        </translation>
    </message>
</context>
</TS>
